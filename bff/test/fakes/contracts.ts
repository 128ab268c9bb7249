import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Compile } from 'typebox/schema'

/** Where the providers' own descriptions of their APIs lie as JSON Schema; unset: what needs them is skipped. */
const folder = process.env.CONTRACTS_DIR

/** For titles of tests that are skipped without the files. */
export const needsContracts = folder ? '' : ' (skipped: CONTRACTS_DIR is not set)'

/** What is wrong with a value by the schema at a pointer such as `#/components/schemas/ImagesResponse`. */
export type Contract = (pointer: string, value: unknown) => string[]

/** A provider's description of its API, or null without the folder. */
export function openContract(file: string): Contract | null {
  if (!folder) return null
  const document = JSON.parse(readFileSync(join(folder, file), 'utf8')) as object
  const compiled = new Map<string, ReturnType<typeof Compile>>()
  return (pointer, value) => {
    const schema = compiled.get(pointer) ?? Compile({ ...document, $ref: pointer })
    compiled.set(pointer, schema)
    const [fits, errors] = schema.Errors(value)
    return fits ? [] : errors.map(({ instancePath, message }) => `${pointer} ${instancePath || '/'} ${message}`)
  }
}
