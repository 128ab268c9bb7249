import { readFileSync } from 'node:fs'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { closed, perLanguage } from '../contract/common.ts'
import { eachLanguage } from '../contract/values.ts'

const text = Type.String({ minLength: 1, maxLength: 500 })
const Text = perLanguage(text)

/** Who sells: what the law wants to be read on a page. */
const Operator = closed({
  seller: Text,
  representative: Text,
  address: Text,
  phone: text,
  email: text,
  /** Day of the newest change, such as 2026-11-21. */
  updated: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
})
export type Operator = Static<typeof Operator> & { isSample: boolean }

/** Thrown at start; says what is wrong with the file, never its content. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}

const sample: Operator = {
  seller: { ...eachLanguage(() => 'Sample Company'), ja: '株式会社サンプル' },
  representative: { ...eachLanguage(() => 'Taro Sample'), ja: '見本 太郎' },
  address: { ...eachLanguage(() => '1-1-1 Sample, Chiyoda-ku, Tokyo'), ja: '東京都千代田区見本1-1-1' },
  phone: '00-0000-0000',
  email: 'contact@example.test',
  updated: '2026-11-21',
  isSample: true,
}

const shape = Compile(Operator)

/** Without a file: a sample that says on the page that it is one. */
export function loadOperator(file: string | null): Operator {
  if (file === null) return sample
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new OperatorError('OPERATOR_FILE cannot be read, or is no JSON.')
  }
  if (shape.Check(content)) return { ...content, isSample: false }
  const [error] = shape.Errors(content)
  throw new OperatorError(`OPERATOR_FILE: ${error?.instancePath || '/'} ${error?.message}.`)
}
