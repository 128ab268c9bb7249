import type { Role } from '../../contract/models.ts'
import type { ImageRequest, SourcePicture } from '../provider.ts'

/** What a picture in this role gives, and what is not to be taken from it. */
const uses: Record<Role, string> = {
  subject: 'is the subject: keep who or what it shows recognisable',
  style: 'gives the style: take its technique, texture and way of drawing, not what it shows',
  composition: 'gives the composition: take its framing, point of view and where things stand, not what it shows',
  palette: 'gives the colours: take its palette and nothing else',
  pose: 'gives the pose: take its posture and gesture, not the person or thing that holds it',
  light: 'gives the light: take its direction, softness and colour of light and nothing else',
  free: 'is a free reference: use it as the words ask',
}

/** A weight in words, strongest first; providers' prompts know no numbers. */
const strengths: readonly (readonly [from: number, words: string])[] = [
  [85, 'Follow it closely.'],
  [60, 'Follow it clearly, with some freedom.'],
  [30, 'Follow it loosely.'],
  [1, 'Let it be no more than a hint.'],
]
const unused = 'Do not use it.'

/**
 * What each numbered picture is for, and how strongly, as a provider with several references needs to be told. Empty where
 * the words alone say it: no pictures, or one subject that counts in full.
 */
export function describeSources({ prompt, sources }: ImageRequest): string {
  const wordless = prompt.trim() === ''
  const [only] = sources
  if (!only) return ''
  if (sources.length === 1 && only.role === 'subject' && only.weight >= strengths[0]![0])
    return wordless ? 'Make a new picture that shows the subject of this picture faithfully.' : ''
  const lines = sources.map((source, index) => describe(source, sources.length === 1 ? 'This picture' : nameOf(index)))
  return [...lines, ...(wordless ? [wish(sources)] : [])].join('\n')
}

/** All words for a provider that takes one text: what the pictures are for, the person's words, what to keep out. */
export function promptText(request: ImageRequest): string {
  const prompt = request.prompt.trim()
  const negative = request.negative.trim()
  const keepOut = negative && `Keep out of the picture: ${negative}`
  return [describeSources(request), prompt, keepOut].filter(text => text !== '').join('\n\n')
}

const nameOf = (index: number) => `Picture ${index + 1}`

function describe({ role, weight }: SourcePicture, name: string): string {
  const strength = strengths.find(([from]) => weight >= from)?.[1] ?? unused
  return `${name} ${uses[role]}. ${strength}`
}

/** What to make of the pictures where the person wrote nothing. */
function wish(sources: readonly SourcePicture[]): string {
  const inUse = sources.filter(({ weight }) => weight > 0)
  const subjects = inUse.filter(({ role }) => role === 'subject').length
  if (subjects === 0) return 'Make a new picture from these references.'
  const shown = subjects === 1 ? 'the subject' : 'all the subjects together'
  const guided = inUse.length > subjects ? ', guided by the other pictures as described' : ''
  return `Make a new picture that shows ${shown} faithfully${guided}.`
}
