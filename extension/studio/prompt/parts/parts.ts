import type { PromptParts, Reading } from '../../../../bff/contract/readings.ts'
import {
  eachLanguage,
  type Language,
  languageCodes,
  type PartName,
  partNames,
} from '../../../../bff/contract/values.ts'

/** One part of the prompt in each language. What a person writes is theirs in all: each holds the same text. */
export type Part = Readonly<Record<Language, string>> & {
  /** Neither the dice nor a reading changes it. */
  readonly locked: boolean
  /** A model read these words from a picture: they are nobody's syntax for another tool. */
  readonly read?: true
}
type Texts = Readonly<Record<Language, string>>
export type Parts = Readonly<Record<PartName, Part>>

const emptyPart: Part = { ...eachLanguage(() => ''), locked: false }

export const eachPart = <T>(make: (name: PartName) => T) =>
  Object.fromEntries(partNames.map(name => [name, make(name)])) as Record<PartName, T>

export const emptyParts: Parts = eachPart(() => emptyPart)

export const isEmptyPart = (part: Texts) => languageCodes.every(language => part[language].trim() === '')

/** Whether all languages say the same: then the words are a person's own. */
export const isInOneLanguage = (part: Texts) => new Set(languageCodes.map(language => part[language])).size === 1

export const isSaidAlike = (a: Texts, b: Texts) => languageCodes.every(language => a[language] === b[language])

export const areEmpty = (parts: Parts) => partNames.every(name => isEmptyPart(parts[name]))

/** The parts whose words a model read from a picture. */
export const readParts = (parts: Parts): ReadonlySet<PartName> =>
  new Set(partNames.filter(name => parts[name].read === true))

/** The parts as one language says them. */
export const textsOf = (parts: Parts, language: Language): PromptParts => eachPart(name => parts[name][language])

const withTexts = (parts: Parts, texts: Partial<Record<PartName, Omit<Part, 'locked'>>>): Parts =>
  eachPart(name => (texts[name] ? { locked: parts[name].locked, ...texts[name] } : parts[name]))

export const withOwnWords = (parts: Parts, words: Partial<PromptParts>): Parts =>
  withTexts(parts, Object.fromEntries(Object.entries(words).map(([name, text]) => [name, eachLanguage(() => text)])))

export const withLock = (parts: Parts, name: PartName, locked: boolean): Parts => ({
  ...parts,
  [name]: { ...parts[name], locked },
})

const readPart = (reading: Reading, name: PartName) => ({
  ...eachLanguage(language => reading[language][name]),
  read: true as const,
})

const isOffered = (reading: Reading, name: PartName) => !isEmptyPart(readPart(reading, name))

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
  partNames.filter(
    name => !parts[name].locked && isOffered(reading, name) && !isSaidAlike(parts[name], readPart(reading, name)),
  )

/** The person asked for it: the reading's words take the place of others, but not of locked ones. */
export const replaceWords = (parts: Parts, reading: Reading): Parts =>
  withReading(parts, reading, otherWords(parts, reading))
