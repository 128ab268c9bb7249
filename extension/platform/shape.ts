/** Shapes of what is stored or received, beside those of the library. */
import * as v from 'valibot'

export type Shape<T> = v.GenericSchema<unknown, T>

/** The value when it has the shape, with the fields it names and no others; else undefined. */
export function readAs<T>(shape: Shape<T>, value: unknown): T | undefined {
  const read = v.safeParse(shape, value)
  return read.success ? read.output : undefined
}

/** Those of a list that have the shape. */
export const readEach = <T>(shape: Shape<T>, values: readonly unknown[]): T[] =>
  values.map(value => readAs(shape, value)).filter(value => value !== undefined)

/** A list; what is damaged in it is left out. */
export const listOf = <T>(shape: Shape<T>) =>
  v.pipe(
    v.array(v.unknown()),
    v.transform(values => readEach(shape, values)),
  )

/** A word that the backend chooses from a list of its own; which ones there are is not for a check to know. */
export const word = <T extends string>() => v.custom<T>(value => typeof value === 'string')

/** A whole number, not below nothing. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Where something is damaged or missing, it is as if nobody had written or chosen it. */
export const textOrNone = v.fallback(v.string(), '')
export const textOrNull = v.fallback(v.nullable(v.string()), null)
export const flagOrNot = v.fallback(v.boolean(), false)

/** The value when it is one of the list. */
export const oneOf = <const T>(values: readonly T[], value: unknown): T | undefined =>
  values.find(entry => entry === value)
