import OpenAI from 'openai'
import { download } from '../download.ts'
import type { Egress } from '../egress/egress.ts'
import { MakerError } from '../maker-error.ts'
import { isPicture } from '../picture-type.ts'
import type { CallControl, ProviderAnswer, ProviderRequest } from '../provider.ts'
import { costOf, picturesOf } from './from-response.ts'
import type { ImagesParameters } from './parameters.ts'
import { toFault } from './to-fault.ts'
import { toFields, toFiles } from './to-request.ts'

export interface ImagesServer {
  /** Null: the server asks for none. */
  key: string | null
  baseUrl: string
  egress: Egress
  now: () => number
}

/** Of what the client says about itself and this machine, only this goes out. */
const headersSent = ['authorization', 'accept', 'content-type']
/** The call's own signal is the deadline; this is as long as a timer can be. */
const noTimeout = 2 ** 31 - 1
const bytesPerPicture = 32 * 1024 * 1024

/** Has a server that speaks OpenAI's API for pictures make them: from words alone, or from pictures too. */
export async function callImages(
  server: ImagesServer,
  request: ProviderRequest,
  parameters: ImagesParameters,
  control: CallControl,
): Promise<ProviderAnswer> {
  if (request.kind !== 'image') throw new MakerError({ kind: 'rejected_input' })
  const { images } = createClient(server, control, request.count * bytesPerPicture)
  const fields = toFields(request, parameters)
  try {
    const answer: unknown =
      request.sources.length === 0
        ? await images.generate(fields)
        : await images.edit({ ...fields, image: oneOrAll(toFiles(request.sources)) })
    const { files, urls } = picturesOf(answer, request.count)
    for (const url of urls) files.push(await download(server.egress, url, control, isPicture))
    return { kind: 'files', files, usage: { microUsd: costOf(answer, parameters.prices) } }
  } catch (error) {
    throw new MakerError(toFault(error, server.now()))
  }
}

/** A single file goes under another name of the form than several do. */
const oneOrAll = (files: File[]) => (files.length === 1 ? files[0]! : files)

/** The maker's client with nothing left for it to find in the environment, and nothing sent twice. */
function createClient({ key, baseUrl, egress }: ImagesServer, control: CallControl, maxBytes: number): OpenAI {
  const send = egress.fetch(control, { maxBytes })
  return new OpenAI({
    apiKey: key ?? 'none',
    baseURL: baseUrl,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: noTimeout,
    logLevel: 'off',
    fetch(url, init) {
      const headers = new Headers(init?.headers)
      for (const name of [...headers.keys()]) if (!headersSent.includes(name)) headers.delete(name)
      if (key === null) headers.delete('authorization')
      return send(url, { ...init, headers })
    },
  })
}
