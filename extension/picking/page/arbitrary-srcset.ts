import fc from 'fast-check'

/** A `srcset` made from parts that a test knows: what is offered by it, and how it may be written. */
export interface MadeSrcset {
  text: string
  /** Of those that count: each with a width, or each with a density. */
  offered: { url: string; size: number }[]
}

const space = fc.constantFrom(' ', '\t', '\n', '\f', '\r', ' \n\t ')
const maybeSpace = fc.oneof({ weight: 2, arbitrary: fc.constant('') }, space)

/** `n` makes each address another one. None begins or ends with a comma. */
const addresses: ((n: number) => string)[] = [
  n => `picture-${n}.png`,
  n => `/deep/a,b,${n}.jpg`,
  n => `?w=300,h=${n}&c=(x)`,
  n => `data:image/gif;base64,R0lGODlh${n}AQABAAAAACw=`,
  n => `data:image/svg+xml,%3Csvg%20id=(${n},2w%3E`,
  n => `//127.0.0.1:1/w_300,h_200,c_${n}/photo`,
  n => `100w${n}`,
]

const width = fc.integer({ min: 1, max: 4000 }).map(size => ({ size, word: `${size}w` }))
const density = fc.constantFrom('1', '2', '1.5', '.5', '3', '0.75', '25e-1', '0', '4').map(number => ({
  size: Number(number),
  word: `${number}x`,
}))

/** With any of these the whole candidate does not count. */
const invalid = fc.constantFrom(
  '0w',
  '-3w',
  '1.5w',
  '100W',
  '2X',
  '-2x',
  '100w 2x',
  '2x 3x',
  '100w 200w',
  '50h',
  '2x 50h',
  'x',
  'w',
  '1 x',
  '100w what',
  '(1,2w) 3x',
  '(9w',
  '1..5x',
)

const srcset = (unit: fc.Arbitrary<{ size: number; word: string }>, heights: boolean) =>
  fc
    .array(
      fc.record({
        address: fc.constantFrom(...addresses),
        descriptor: fc.oneof(
          { weight: 5, arbitrary: unit },
          { weight: 2, arbitrary: invalid.map(word => ({ size: null, word })) },
          { weight: heights ? 0 : 1, arbitrary: fc.constant({ size: 1, word: '' }) },
        ),
        height: fc.constantFrom('', '', heights ? ' 70h' : ''),
        gaps: fc.tuple(maybeSpace, space, maybeSpace, fc.constantFrom(',', ',', ', ,', ',,')),
      }),
      { maxLength: 8 },
    )
    .map((parts): MadeSrcset => {
      const made = parts.map(({ address, descriptor: { size, word }, height, gaps }, index) => {
        const [before, between, after, comma] = gaps
        const url = address(index)
        const descriptor = size !== null && word ? word + height : word
        // A parenthesis that is not closed takes the rest along.
        const open = word.startsWith('(') && !word.includes(')')
        const end = index === parts.length - 1 ? '' : open ? `)${comma}` : comma
        return {
          url,
          size,
          text: `${before}${url}${descriptor && between + descriptor}${after || (descriptor ? '' : ' ')}${end}`,
        }
      })
      return {
        text: made.map(({ text }) => text).join(''),
        offered: made.flatMap(({ url, size }) => (size === null ? [] : [{ url, size }])),
      }
    })

/** By width, or by density. */
export const arbitrarySrcset = fc.oneof(srcset(width, true), srcset(density, false))

/** Anything at all, of the characters that mean something. */
export const arbitraryNoise = fc.string({
  unit: fc.constantFrom(...'ab12.,, \t\n()wxh-+e%'),
  maxLength: 40,
})
