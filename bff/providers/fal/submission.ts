import type { ImageRequest, Model3dRequest, SourcePicture } from '../provider.ts'
import { promptText } from '../shared/prompt.ts'
import type { ImageParameters, Model3dParameters, SizeForm } from './parameters.ts'

/** What is submitted to the queue: the name of the model's endpoint, and its input. */
export interface Submission {
  endpoint: string
  input: Record<string, unknown>
}

export function toImageSubmission(request: ImageRequest): Submission {
  const parameters = request.parameters as ImageParameters
  const { editEndpoint, inputImageField, manyImages, size, seedField, countField, safety, fixed } = parameters
  const images = request.sources.map(toDataUri)
  return {
    endpoint: (images.length > 0 && editEndpoint) || request.endpoint,
    input: {
      ...fixed,
      ...qualityFields(parameters.qualities, request.quality),
      prompt: promptText(request),
      ...(images.length > 0 && { [inputImageField]: manyImages ? images : images[0] }),
      [size.field]: sizeFor(size, request),
      ...(seedField !== null && { [seedField]: request.seed }),
      ...(countField !== null && { [countField]: request.count }),
      ...safety,
    },
  }
}

/** The picture and the model's settings: no words [P50]. */
export function toModelSubmission({ endpoint, parameters, source, quality }: Model3dRequest): Submission {
  const { inputImageField, qualities, fixed } = parameters as Model3dParameters
  return { endpoint, input: { ...fixed, ...qualityFields(qualities, quality), [inputImageField]: toDataUri(source) } }
}

/** Pictures go inside the request: one that is uploaded first would be kept by the provider for good. */
const toDataUri = ({ mime, bytes }: SourcePicture) => `data:${mime};base64,${bytes.toString('base64')}`

const qualityFields = (qualities: ImageParameters['qualities'], quality: string | null) =>
  quality !== null && Object.hasOwn(qualities, quality) ? qualities[quality] : {}

interface Extent {
  width: number
  height: number
}

function sizeFor(form: SizeForm, wanted: Extent): Extent | string {
  if (form.form === 'pixels') return withinLimits(form, wanted)
  const ratio = wanted.width / wanted.height
  const distance = ([, shape]: [string, number]) => Math.abs(Math.log(shape / ratio))
  return Object.entries(form.shapes).sort((one, two) => distance(one) - distance(two))[0]![0]
}

/** The wanted size, scaled as a whole until both sides lie within the limits; rounded to the step. */
function withinLimits({ min, max, step }: SizeForm & { form: 'pixels' }, { width, height }: Extent): Extent {
  const grow = Math.max(1, min / Math.min(width, height))
  const scale = Math.min(grow, max / Math.max(width, height))
  const side = (length: number) => Math.min(max, Math.max(min, Math.round((length * scale) / step) * step))
  return { width: side(width), height: side(height) }
}
