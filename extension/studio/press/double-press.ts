/** A second click of a double click, Ctrl+Enter on top of a click, a held key: all of them are one press. */
const oneHand = 700

/** Tells one press from the next. `now` is monotonic milliseconds. */
export const createPressGuard = (now: () => number) => {
  let last = Number.NEGATIVE_INFINITY
  return {
    isNew: (): boolean => {
      const at = now()
      const isNew = at - last >= oneHand
      last = at
      return isNew
    },
    /** The last press made nothing, so the next one may follow at once. */
    reset: () => {
      last = Number.NEGATIVE_INFINITY
    },
  }
}
