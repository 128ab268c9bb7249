import type { PromptParts, Reading } from '../../contract/readings.ts'
import { eachLanguage, languageCodes, partNames } from '../../contract/values.ts'
import { ProviderError } from '../provider-error.ts'
import { type Fields, parsedOf } from './answers.ts'

/** Longest part, in code points. */
const maxLength = 600

/**
 * Takes a reading out of a model's answer. Fences and prose around the JSON, missing parts and unknown fields do no harm;
 * where a language is missing, another stands in for it. Throws ProviderError (`bad_answer`) when nothing is usable.
 */
export function parseReading(answer: string): Reading {
  for (const found of findJsonObjects(answer)) {
    const said = eachLanguage(language => partsOf(found[language]))
    const any = languageCodes.map(language => said[language]).find(parts => parts !== null)
    if (any) return eachLanguage(language => said[language] ?? any)
  }
  throw new ProviderError({ kind: 'bad_answer' })
}

/** Null when no part says anything. */
function partsOf(value: unknown): PromptParts | null {
  if (typeof value !== 'object' || value === null) return null
  const given = value as Record<string, unknown>
  const parts = Object.fromEntries(
    partNames.map(name => [name, Object.hasOwn(given, name) ? clean(textOf(given[name])) : '']),
  ) as PromptParts
  return partNames.some(name => parts[name] !== '') ? parts : null
}

/** Small models give a list where a sentence was asked for. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  return Array.isArray(value) ? value.filter(item => typeof item === 'string').join(', ') : ''
}

/** Control characters, bidi controls and characters that show nothing: a prompt with them would be refused, or hide something. */
const hidden =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu

/** One line of plain text, not longer than a part may be. */
function clean(text: string): string {
  const line = text.toWellFormed().replace(hidden, ' ').replace(/\s+/g, ' ').normalize('NFC').trim()
  return line.length <= maxLength ? line : [...line].slice(0, maxLength).join('').trim()
}

/** Longest answer worth searching: a reading is a few kilobytes. */
const maxSearched = 100_000

/** The JSON objects in a text that may have fences, thoughts or prose around them, in their order. */
function* findJsonObjects(text: string): Generator<Fields> {
  if (text.length > maxSearched) return
  for (let from = text.indexOf('{'); from >= 0; ) {
    const to = endOfObject(text, from)
    if (to < 0) return
    yield parsedOf(text.slice(from, to))
    from = text.indexOf('{', to)
  }
}

/** Position after the brace that closes the one at `from`; braces inside strings do not count. -1: it is never closed. */
function endOfObject(text: string, from: number): number {
  let depth = 0
  let inString = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
  }
  return -1
}
