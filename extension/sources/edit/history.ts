/** Steps that can be taken back and done again. */
export interface History<T> {
  past: readonly T[]
  present: T
  future: readonly T[]
  /** What the last step was part of; further steps of it join it. */
  part: string | null
}

export const beginHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], part: null })

/** A step to `next`. Steps with the same `part`, such as the presses of an arrow key, are taken back as one. */
export const step = <T>(
  { past, present, part: last }: History<T>,
  next: T,
  part: string | null = null,
): History<T> => ({
  past: part !== null && part === last ? past : [...past, present],
  present: next,
  future: [],
  part,
})

export const undo = <T>(history: History<T>): History<T> => {
  const { past, present, future } = history
  const before = past.at(-1)
  return before === undefined
    ? history
    : { past: past.slice(0, -1), present: before, future: [present, ...future], part: null }
}

export const redo = <T>(history: History<T>): History<T> => {
  const { past, present, future } = history
  const [next, ...rest] = future
  return next === undefined ? history : { past: [...past, present], present: next, future: rest, part: null }
}
