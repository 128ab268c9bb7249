import { isRecord } from '../../../platform/storage/item.ts'
import { eachPart, emptyParts, type Part, type Parts } from './parts.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

const readPart = (value: unknown): Part =>
  isRecord(value)
    ? { en: textOf(value.en), ja: textOf(value.ja), locked: value.locked === true }
    : { en: '', ja: '', locked: false }

/** Parts as they were stored; what is damaged is empty. */
export const readParts = (value: unknown): Parts =>
  isRecord(value) ? eachPart(name => readPart(value[name])) : emptyParts
