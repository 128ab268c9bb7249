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
