import { eachLanguage } from '../../../bff/contract/values.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { type MessageKey, translate } from '../../platform/i18n/translate.ts'
import { showNotice } from '../../ui/notices.ts'
import { setPrompt, studioStore } from '../store.ts'
import { isEmptyPart } from './parts/parts.ts'

/** Lists of phrases, one per kind, as they stand in the locale files: separated by `|`. */
export const phrasesOf = (list: string) => list.split('|').map(phrase => phrase.trim())

/**
 * One phrase of each kind, joined as the language joins a list. Rolls again in the rare case that the dice show what is
 * already written, so that a roll is always seen.
 */
export const rollDice = (
  kinds: readonly (readonly string[])[],
  joiner: string,
  current: string,
  random: () => number,
) => {
  const roll = () =>
    kinds
      .map(phrases => phrases[rollIndex(phrases.length, random)])
      .filter(phrase => phrase !== undefined)
      .join(joiner)
  const first = roll()
  return first === current ? roll() : first
}

export const rollIndex = (sides: number, random: () => number) => Math.floor(random() * sides)

/** The parts that the dice fill, and the lists from which they do. */
const kinds = { style: 'studio.dice.look', light: 'studio.dice.light', colour: 'studio.dice.colour' } as const
type Kind = keyof typeof kinds

const rollText = () => {
  const before = studioStore.getState().prompt
  const lists = Object.values(kinds).map(key => phrasesOf(t(key)))
  setPrompt(rollDice(lists, t('studio.dice.joiner'), before, Math.random))
  return before.trim() === '' ? null : () => setPrompt(before)
}

/** Every language says the same phrase. */
const rollPart = (key: MessageKey) => {
  const index = rollIndex(phrasesOf(t(key)).length, Math.random)
  return eachLanguage(language => phrasesOf(translate(language, key))[index] ?? '')
}

/** Locked parts stay. */
const rollParts = () => {
  const { parts: before } = studioStore.getState()
  const open = (Object.keys(kinds) as Kind[]).filter(name => !before[name].locked)
  const rolled = Object.fromEntries(open.map(name => [name, { ...before[name], ...rollPart(kinds[name]) }]))
  studioStore.setState({ parts: { ...before, ...rolled } })
  const hadWords = open.some(name => !isEmptyPart(before[name]))
  return hadWords ? () => studioStore.setState({ parts: before }) : null
}

/** Fills the prompt with a few words; what stood there comes back with Undo. */
export const rollPrompt = () => {
  const undo = studioStore.getState().view === 'parts' ? rollParts() : rollText()
  if (undo) showNotice({ text: t('studio.prompt.dice_done'), undo })
}
