import { type Static, type TSchema, Type } from 'typebox'
import { type ProblemCode, problems } from './problems.ts'
import { eachLanguage, languageCodes } from './values.ts'

/** UUIDv7 text, lower case. */
export const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
})

/** Integer milliseconds since 1970, UTC. */
export const Time = Type.Integer({ minimum: 0 })

/** Whole credits. */
export const Credits = Type.Integer({ minimum: 0 })

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** The same in each language of the product. */
export const perLanguage = <T extends TSchema>(schema: T) => closed(eachLanguage(() => schema))

/** An object that refuses fields it does not know. */
export const closed = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })

/** One of the names of a list. */
export const oneOf = <T extends string>(names: readonly T[]) => Type.Unsafe<T>({ type: 'string', enum: [...names] })

export const LanguageCode = oneOf(languageCodes)

export const ProblemCodeSchema = oneOf(Object.keys(problems) as ProblemCode[])

/** Numbers and names a problem's sentence needs. */
export const ProblemParams = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))
export type ProblemParams = Static<typeof ProblemParams>

/** application/problem+json; `params` are the numbers a sentence needs (have, need, price ...). */
export const Problem = closed({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: ProblemCodeSchema,
  params: Type.Optional(ProblemParams),
})
export type Problem = Static<typeof Problem>

export const IdParams = closed({ id: Id })
