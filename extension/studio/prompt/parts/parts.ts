import type { PromptParts, Reading } from '../../../../bff/contract/readings.ts'
import { type PartName, partNames } from '../../../../bff/contract/values.ts'
import type { Language } from '../../../platform/i18n/i18n.ts'

/** One part of the prompt in both languages. What a person writes is theirs in either: both hold the same text. */
export interface Part {
  en: string
  ja: string
  /** Neither the dice nor a reading changes it. */
  locked: boolean
}
export type Parts = Readonly<Record<PartName, Part>>

const emptyPart: Part = { en: '', ja: '', locked: false }

export const eachPart = <T>(make: (name: PartName) => T) =>
  Object.fromEntries(partNames.map(name => [name, make(name)])) as Record<PartName, T>

export const emptyParts: Parts = eachPart(() => emptyPart)

const isEmptyPart = ({ en, ja }: Part) => en.trim() === '' && ja.trim() === ''

export const areEmpty = (parts: Parts) => partNames.every(name => isEmptyPart(parts[name]))

/** The parts as one language says them. */
export const textsOf = (parts: Parts, language: Language): PromptParts => eachPart(name => parts[name][language])

const withTexts = (parts: Parts, texts: Partial<Record<PartName, Omit<Part, 'locked'>>>): Parts =>
  eachPart(name => ({ ...parts[name], ...texts[name] }))

export const withOwnWords = (parts: Parts, words: Partial<PromptParts>): Parts =>
  withTexts(parts, Object.fromEntries(Object.entries(words).map(([name, text]) => [name, { en: text, ja: text }])))

export const withLock = (parts: Parts, name: PartName, locked: boolean): Parts => ({
  ...parts,
  [name]: { ...parts[name], locked },
})

const readPart = ({ en, ja }: Reading, name: PartName) => ({ en: en[name], ja: ja[name] })

const isOffered = (reading: Reading, name: PartName) => !isEmptyPart({ ...readPart(reading, name), locked: false })

const withReading = (parts: Parts, reading: Reading, names: readonly PartName[]) =>
  withTexts(parts, Object.fromEntries(names.map(name => [name, readPart(reading, name)])))

/** A reading fills what is empty and not locked; `busy` is the part in which someone is writing now. */
export const fillEmpty = (parts: Parts, reading: Reading, busy: PartName | null = null): Parts =>
  withReading(
    parts,
    reading,
    partNames.filter(
      name => isEmptyPart(parts[name]) && !parts[name].locked && name !== busy && isOffered(reading, name),
    ),
  )

/** Parts for which a reading has other words than those that stand there and are not locked. */
export const otherWords = (parts: Parts, reading: Reading): PartName[] =>
  partNames.filter(name => {
    const { en, ja, locked } = parts[name]
    return !locked && isOffered(reading, name) && (en !== reading.en[name] || ja !== reading.ja[name])
  })

/** The person asked for it: the reading's words take the place of others, but not of locked ones. */
export const replaceWords = (parts: Parts, reading: Reading): Parts =>
  withReading(parts, reading, otherWords(parts, reading))
