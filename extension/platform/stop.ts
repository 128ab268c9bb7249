/** Ends what was begun; calling it again does nothing more. */
export type Stop = () => void

/** Ends several things, the last one first. */
export const stopAll =
  (stops: readonly Stop[]): Stop =>
  () => {
    for (const stop of stops.toReversed()) stop()
  }

/** A listener of the window or the document, with its end. */
export function listen<T extends EventTarget>(target: T, type: string, onEvent: (event: Event) => void): Stop {
  target.addEventListener(type, onEvent)
  return () => target.removeEventListener(type, onEvent)
}
