import { flux } from './flux.ts'
import type { Format } from './format.ts'
import { gemini } from './gemini.ts'
import { gptImage } from './gpt-image.ts'
import { json } from './json.ts'
import { midjourney } from './midjourney.ts'
import { plain } from './plain.ts'
import { sd } from './sd.ts'

/** The forms in which a prompt can be copied, by the name under which the panel offers them. */
export const formats = { plain, flux, gpt_image: gptImage, gemini, midjourney, sd, json } as const satisfies Record<
  string,
  Format
>
export type FormatName = keyof typeof formats
export const formatNames = Object.keys(formats) as readonly FormatName[]
