import { partNames } from '../../../../bff/contract/values.ts'
import { type Format, labelled, shownParts } from './phrases.ts'
import { flux, gemini, plain } from './prose.ts'
import { midjourney, sd } from './tags.ts'

/** A line for each part with its name in front. */
const gptImage: Format = ({ words, language }) =>
  [...shownParts, 'text' as const, 'negative' as const]
    .map(name => labelled(words, name, language))
    .filter(line => line !== '')
    .join('\n')

/** Everything by name, for programs. */
const json: Format = ({ words, language, aspect, seed }) => {
  const said = partNames.map(name => [name, words[name].trim()] as const).filter(([, text]) => text !== '')
  const settings = { language, ...(aspect && { aspect }), ...(seed !== null && { seed }) }
  return JSON.stringify({ ...Object.fromEntries(said), ...settings }, null, 2)
}

/** The forms in which a prompt can be copied, by the name under which the panel offers them. */
export const formats = { plain, flux, gpt_image: gptImage, gemini, midjourney, sd, json } as const satisfies Record<
  string,
  Format
>
export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as readonly FormatName[]
