import type { ImageEditParamsNonStreaming, ImageGenerateParamsNonStreaming } from 'openai/resources/images'
import { type Base64Extractor, createBase64Extractor } from '../egress/base64-extractor.ts'
import type { CallControl, ImageRequest, ProviderAnswer, ProviderRequest, SourcePicture } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { listOf, recordOf, textOf, tokenCost, tokens } from '../shared/answers.ts'
import { download } from '../shared/download.ts'
import { isPicture } from '../shared/file-kind.ts'
import { promptText } from '../shared/prompt.ts'
import { type ApiServer, createClient } from './client.ts'
import { fitSize, type ImagesParameters } from './image-parameters.ts'
import { faultOf } from './refusal.ts'

const bytesPerPicture = 32 * 1024 * 1024

/** Has a server that speaks OpenAI's API for pictures make them: from words alone, or from pictures too. */
export async function makeImages(
  server: ApiServer,
  request: ProviderRequest,
  parameters: ImagesParameters,
  control: CallControl,
): Promise<ProviderAnswer> {
  if (request.kind !== 'image') throw new ProviderError({ kind: 'rejected_input' })
  const extractor = createBase64Extractor()
  const { images } = createClient(server, control, { maxBytes: request.count * bytesPerPicture, extractor })
  const fields = toFields(request, parameters)
  try {
    const answer: unknown =
      request.sources.length === 0
        ? await images.generate(fields)
        : await images.edit({ ...fields, image: oneOrAll(toFiles(request.sources)) })
    const { files, urls } = picturesOf(answer, request.count, extractor)
    for (const url of urls) files.push(await download(server.egress, url, control, isPicture))
    return { kind: 'files', files, usage: { microUsd: costOf(answer, parameters.prices) } }
  } catch (error) {
    throw new ProviderError(faultOf(error, server.now()))
  }
}

/** A single file goes under another name of the form than several do. */
const oneOrAll = (files: File[]) => (files.length === 1 ? files[0]! : files)

type Quality = NonNullable<ImageGenerateParamsNonStreaming['quality'] & ImageEditParamsNonStreaming['quality']>

/** The fields that a picture from words and a picture from pictures have in common. Nothing in them tells who asks. */
function toFields(request: ImageRequest, { size, send, responseFormat }: ImagesParameters) {
  const { width, height } = fitSize(request, size)
  const sends = (field: ImagesParameters['send'][number]) => send.includes(field)
  return {
    model: request.endpoint,
    prompt: promptText(request),
    size: `${width}x${height}`,
    ...(sends('n') && { n: request.count }),
    ...(sends('quality') && request.quality !== null && { quality: request.quality as Quality }),
    ...(sends('background') && request.transparent && { background: 'transparent' as const }),
    ...(sends('output_format') && { output_format: 'png' as const }),
    ...(responseFormat !== null && { response_format: responseFormat }),
  } satisfies ImageGenerateParamsNonStreaming
}

/** A form needs a name for each file: its number, as the prompt counts them. */
const toFiles = (sources: readonly SourcePicture[]): File[] =>
  sources.map(({ bytes, mime }, index) => {
    const name = `picture-${index + 1}.${mime === 'image/png' ? 'png' : 'jpg'}`
    return new File([bytes as Buffer<ArrayBuffer>], name, { type: mime, lastModified: 0 })
  })

/** Where the pictures of an answer are: in it, or at addresses. */
interface Pictures {
  files: Buffer[]
  urls: string[]
}

/** The pictures of an answer; fewer than asked for is no fault, none or too many is one. Each is decoded once. */
function picturesOf(answer: unknown, count: number, { decode }: Pick<Base64Extractor, 'decode'>): Pictures {
  if (typeof answer !== 'object' || answer === null) throw new ProviderError({ kind: 'bad_answer' })
  const items = listOf(recordOf(answer).data).map(recordOf)
  if (items.length > count) throw new ProviderError({ kind: 'bad_answer' })
  const encoded = items.map(item => textOf(item.b64_json)).filter(text => text !== '')
  const urls = items.filter(item => !item.b64_json).flatMap(item => textOf(item.url) || [])
  if (encoded.length + urls.length === 0) throw new ProviderError({ kind: 'no_picture' })
  const files = encoded.map(decode).filter(bytes => bytes !== null && isPicture(bytes)) as Buffer[]
  if (files.length + urls.length === 0) throw new ProviderError({ kind: 'bad_answer' })
  return { files, urls }
}

/** Our cost in millionths of a US dollar by the tokens of an answer, or null where it does not say enough of sense. */
function costOf(answer: unknown, prices: ImagesParameters['prices']): number | null {
  const usage = recordOf(recordOf(answer).usage)
  if (prices === null || typeof usage.output_tokens !== 'number') return null
  const input = recordOf(usage.input_tokens_details)
  const cost = tokenCost([
    [tokens(input.text_tokens), prices.textIn],
    [tokens(input.image_tokens), prices.pictureIn],
    [tokens(usage.output_tokens), prices.pictureOut],
  ])
  return Number.isSafeInteger(cost) ? cost : null
}
