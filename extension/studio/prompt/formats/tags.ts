import { type PartName, partNames } from '../../../../bff/contract/values.ts'
import { type Format, itemsOf, phrase, shownParts, type Written } from './phrases.ts'

/** Two hyphens begin a setting there; in words that a model read they are a dash. */
const harmless = (text: string) => text.replace(/[-\u2010-\u2015\u2212]{2,}/g, '–').replaceAll('—', '–')

/** A setting of the person's own begins with two hyphens and ends where the next one begins. */
const ownFlags = /(?:^|\s)--\p{L}[\s\S]*?(?=\s--\p{L}|$)/gu

const partsOf = ({ words, read }: Written, names: readonly PartName[]) =>
  names.map(name => {
    const own = read.has(name) ? [] : (words[name].match(ownFlags) ?? [])
    const rest = read.has(name) ? harmless(words[name]) : words[name].replace(ownFlags, ' ')
    return { said: rest, flags: own.map(flag => flag.trim().replace(/\s+/g, ' ')) }
  })

const nameOf = (flag: string) => /^--\p{L}+/u.exec(flag)?.[0]

/** Phrases with commas, then the settings as flags: the person's own, and those of the panel that they did not set themselves. */
export const midjourney: Format = written => {
  const { words, aspect, seed } = written
  const shown = partsOf(written, shownParts)
  const text = harmless(phrase(words.text).replace(/["“”]/g, ''))
  const said = [...shown.map(part => phrase(part.said)), text && `"${text}"`].filter(phrased => phrased !== '')
  const [negative] = partsOf(written, ['negative'])
  const kept = itemsOf(negative?.said ?? '')
  const own = [...shown, ...(negative ? [negative] : [])].flatMap(part => part.flags)
  const ours = [
    aspect && `--ar ${aspect}`,
    kept.length > 0 && `--no ${kept.join(', ')}`,
    seed !== null && `--seed ${seed}`,
  ].filter((flag): flag is string => typeof flag === 'string' && flag !== '')
  const set = new Set(own.map(nameOf))
  // Written out in its long form it is the same setting.
  if (set.has('--aspect')) set.add('--ar')
  return [said.join(', '), ...ours.filter(flag => !set.has(nameOf(flag))), ...own].filter(flag => flag !== '').join(' ')
}

/** Brackets weigh words there; a backslash makes them plain, and one that stands there already does. */
const escaped = (text: string) => text.replace(/(?<!\\)[()[\]{}]/g, '\\$&')

const listed = (tags: readonly string[]) => {
  const seen = new Map(tags.map(tag => [tag.toLowerCase(), tag]))
  return [...seen.values()].join(', ')
}

/**
 * Tags for Stable Diffusion, each once, and what to keep out on a line of its own. Weights, brackets and networks that the
 * person wrote mean there what they meant; those that a model happened to read are made plain.
 */
export const sd: Format = ({ words, read }) => {
  const tags = Object.fromEntries(
    partNames.map(name => [name, itemsOf(words[name]).map(tag => (read.has(name) ? escaped(tag) : tag))]),
  )
  const text = phrase(words.text)
  const shown = [...shownParts.flatMap(name => tags[name] ?? []), ...(text === '' ? [] : [`text “${escaped(text)}”`])]
  const negative = listed(tags.negative ?? [])
  return negative === '' ? listed(shown) : `${listed(shown)}\nNegative prompt: ${negative}`
}
