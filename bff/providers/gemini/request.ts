import { aspects } from '../../contract/models.ts'
import type { ImageRequest, ReadingRequest, SourcePicture } from '../provider.ts'
import { promptText } from '../shared/prompt.ts'
import { readingInstructions, readingRequest, readingSchema } from '../shared/reading-prompt.ts'
import type { ImageParameters, ReadingParameters } from './parameters.ts'

/** Google's own recommendation, and what our terms ask for; newer models filter nothing unless told. */
const safetySettings = ['HARASSMENT', 'HATE_SPEECH', 'SEXUALLY_EXPLICIT', 'DANGEROUS_CONTENT'].map(name => ({
  category: `HARM_CATEGORY_${name}`,
  threshold: 'BLOCK_MEDIUM_AND_ABOVE',
}))

/** Without it, projects made since October 2026 keep every request for 55 days. */
const kept = { store: false }

/** The body of generateContent for one picture. */
export function toImageBody(request: ImageRequest) {
  const { imageSize, thinking } = request.parameters as ImageParameters
  const aspectRatio = aspectOf(request)
  return {
    ...kept,
    contents: [{ role: 'user', parts: [...textParts(promptText(request)), ...request.sources.map(toPart)] }],
    safetySettings,
    generationConfig: {
      responseModalities: ['TEXT', 'IMAGE'],
      imageConfig: { ...(aspectRatio && { aspectRatio }), ...(imageSize && { imageSize: request.size }) },
      ...thinkingConfig(thinking),
    },
  }
}

/** The body of generateContent for a reading in both languages. */
export function toReadingBody({ parameters, source }: ReadingRequest) {
  const { thinking, maxOutputTokens } = parameters as ReadingParameters
  return {
    ...kept,
    systemInstruction: { parts: textParts(readingInstructions) },
    contents: [{ role: 'user', parts: [...textParts(readingRequest), toPart(source)] }],
    safetySettings,
    generationConfig: {
      maxOutputTokens,
      responseMimeType: 'application/json',
      responseJsonSchema: readingSchema,
      ...thinkingConfig(thinking),
    },
  }
}

const textParts = (text: string) => (text === '' ? [] : [{ text }])

const toPart = ({ mime, bytes }: SourcePicture) => ({
  inlineData: { mimeType: mime, data: bytes.toString('base64') },
})

const thinkingConfig = (level: string | undefined) => level && { thinkingConfig: { thinkingLevel: level } }

const ratios = aspects
  .filter(aspect => aspect !== 'source')
  .map(aspect => {
    const [width, height] = aspect.split(':').map(Number)
    return { aspect, ratio: Math.log(width! / height!) }
  })

/** A lone picture's own shape is kept by saying nothing; of several, Gemini would choose one, so the nearest ratio is named. */
function aspectOf({ aspect, width, height, sources }: ImageRequest): string | undefined {
  if (aspect !== 'source') return aspect
  if (sources.length === 1) return undefined
  const wanted = Math.log(width / height)
  const distance = ({ ratio }: (typeof ratios)[number]) => Math.abs(ratio - wanted)
  return ratios.reduce((best, next) => (distance(next) < distance(best) ? next : best)).aspect
}
