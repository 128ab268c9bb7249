import {
  type EffectName,
  effectWords,
  modifierWords,
  type PaletteName,
  paletteWords,
  type Words,
} from './vocabulary.ts'

/** What the prompt asks for. Modifiers: -1, 0 or 1. */
export interface Look {
  /** Null: no word names one. */
  effect: EffectName | null
  palette: PaletteName | null
  warmth: number
  light: number
  bold: number
}

/** Finds the known words of a prompt. Of several effects, palettes or opposites the one named first counts. */
export function readLook(prompt: string): Look {
  const text = prompt.normalize('NFKC').toLowerCase()
  const modifier = ({ up, down }: { up: Words; down: Words }) => {
    const rise = find(text, up)
    const fall = find(text, down)
    return rise === fall ? 0 : rise < fall ? 1 : -1
  }
  return {
    effect: first(text, effectWords, entry => entry.names) ?? first(text, effectWords, entry => entry.hints) ?? null,
    palette: first(text, paletteWords, entry => entry) ?? null,
    warmth: modifier(modifierWords.warmth),
    light: modifier(modifierWords.light),
    bold: modifier(modifierWords.bold),
  }
}

/** The key whose words stand first in the text. */
function first<K extends string, T>(text: string, table: Record<K, T>, wordsOf: (entry: T) => Words): K | undefined {
  let best = Infinity
  let found: K | undefined
  for (const key of Object.keys(table) as K[]) {
    const at = find(text, wordsOf(table[key]))
    if (at < best) {
      best = at
      found = key
    }
  }
  return found
}

/** Position of the first word that is there and not refused ("no ink", "墨絵ではなく"); Infinity when none is. */
function find(text: string, { en, ja }: Words): number {
  let best = Infinity
  for (const word of en) best = Math.min(best, firstMatch(text, english(word)))
  for (const word of ja) best = Math.min(best, firstMatch(text, japanese(word)))
  return best
}

function firstMatch(text: string, pattern: RegExp): number {
  const at = text.search(pattern)
  return at < 0 ? Infinity : at
}

const english = (word: string) =>
  new RegExp(`(?<!\\b(?:no|not|not a|without|non)[ -])(?<![a-z0-9])${RegExp.escape(word)}s?(?![a-z0-9])`)

const japanese = (word: string) => new RegExp(`${RegExp.escape(word)}(?!.{0,2}(?:ではなく|じゃなく|なし|以外|抜き))`)
