import { type Static, type TSchema, Type } from 'typebox'
import { type ProblemCode, problems } from './problems.ts'

/** Version of the HTTP contract, sent by the extension as X-Mimicit-Contract; raised when old clients can no longer be served. */
export const contractVersion = 1

/** UUIDv7 text, lower case. */
export const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
})

/** Integer milliseconds since 1970, UTC. */
export const Time = Type.Integer({ minimum: 0 })

/** Whole credits. */
export const Credits = Type.Integer({ minimum: 0 })

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** An object that refuses fields it does not know. */
export const closed = <T extends Parameters<typeof Type.Object>[0]>(properties: T) =>
  Type.Object(properties, { additionalProperties: false })

export const ProblemCodeSchema = Type.Unsafe<ProblemCode>({
  type: 'string',
  enum: Object.keys(problems),
})

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
