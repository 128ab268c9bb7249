/** A second click of a double click, Ctrl+Enter on top of a click, a held key: all of them are one press. */
const oneHand = 700

/** Tells whether a press is a new one. `now` is monotonic milliseconds. */
export const createPressGuard = (now: () => number) => {
  let last = Number.NEGATIVE_INFINITY
  return (): boolean => {
    const at = now()
    const isNew = at - last >= oneHand
    last = at
    return isNew
  }
}
