/** A piece of a prompt in both languages. */
export interface Phrase {
  en: string
  ja: string
}

export const phrase = (en: string, ja: string): Phrase => ({ en, ja })

/** Pieces as one part of a prompt. */
export const joined = (phrases: readonly Phrase[]): Phrase =>
  phrase(phrases.map(({ en }) => en).join(', '), phrases.map(({ ja }) => ja).join('、'))

/** Positions in a picture, named on a grid of three by three. */
const positions = [
  [phrase('at the upper left', '左上'), phrase('at the top', '上'), phrase('at the upper right', '右上')],
  [phrase('on the left', '左'), phrase('in the middle', '中央'), phrase('on the right', '右')],
  [phrase('at the lower left', '左下'), phrase('at the bottom', '下'), phrase('at the lower right', '右下')],
] as const

/** The position that lies from the middle in this direction; -1, 0 or 1 each. */
export const positionAt = (x: number, y: number): Phrase => positions[Math.sign(y) + 1]![Math.sign(x) + 1]!
