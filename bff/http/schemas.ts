import { AjvCompiler } from '@fastify/ajv-compiler'
import { type SerializerFactory, SerializerSelector } from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

/**
 * How requests are checked and answers written. What a schema compiles to is kept for the whole process: many routes share
 * their schemas of problems, and compiling them was most of the time until the first answer.
 */
export const schemaOptions = {
  // Fastify drops unknown fields by default; ours are refused.
  ajv: { customOptions: { removeAdditional: false } },
  schemaController: { compilersFactory: { buildValidator: AjvCompiler(), buildSerializer: onceEach() } },
} satisfies FastifyServerOptions

/** Fastify's own, which compiles a schema anew wherever it stands. None of ours refers to another, so each stands alone. */
function onceEach(): SerializerFactory {
  const compile = SerializerSelector()()
  const compiled = new WeakMap<object, ReturnType<typeof compile>>()
  return () => route => {
    const schema = route.schema as object
    const serialize = compiled.get(schema) ?? compile(route)
    compiled.set(schema, serialize)
    return serialize
  }
}
