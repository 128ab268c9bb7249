/** Shapes of what is stored or received, beside those of the library. */
import * as v from 'valibot'

/** A word that the backend chooses from a list of its own; which ones there are is not for a check to know. */
export const word = <T extends string>() => v.custom<T>(value => typeof value === 'string')

/** The value when it has the shape, with the fields it names and no others; else undefined. */
export function readAs<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
  const read = v.safeParse(schema, value)
  return read.success ? read.output : undefined
}

/** Those of a list that have the shape. */
export const readEach = <T>(schema: v.GenericSchema<unknown, T>, values: readonly unknown[]): T[] =>
  values.map(value => readAs(schema, value)).filter(value => value !== undefined)
