import { download } from '../download.ts'
import { createLifter } from '../egress/lift.ts'
import { isPicture } from '../picture-kind.ts'
import type { CallControl, ProviderAnswer, ProviderRequest } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { type ApiServer, createClient } from './client.ts'
import { costOf, picturesOf } from './from-response.ts'
import type { ImagesParameters } from './parameters.ts'
import { toFault } from './to-fault.ts'
import { toFields, toFiles } from './to-request.ts'

export interface ImagesServer extends ApiServer {
  now: () => number
}

const bytesPerPicture = 32 * 1024 * 1024

/** Has a server that speaks OpenAI's API for pictures make them: from words alone, or from pictures too. */
export async function callImages(
  server: ImagesServer,
  request: ProviderRequest,
  parameters: ImagesParameters,
  control: CallControl,
): Promise<ProviderAnswer> {
  if (request.kind !== 'image') throw new ProviderError({ kind: 'rejected_input' })
  const lifter = createLifter()
  const { images } = createClient(server, control, { maxBytes: request.count * bytesPerPicture, lifter })
  const fields = toFields(request, parameters)
  try {
    const answer: unknown =
      request.sources.length === 0
        ? await images.generate(fields)
        : await images.edit({ ...fields, image: oneOrAll(toFiles(request.sources)) })
    const { files, urls } = picturesOf(answer, request.count, lifter)
    for (const url of urls) files.push(await download(server.egress, url, control, isPicture))
    return { kind: 'files', files, usage: { microUsd: costOf(answer, parameters.prices) } }
  } catch (error) {
    throw new ProviderError(toFault(error, server.now()))
  }
}

/** A single file goes under another name of the form than several do. */
const oneOrAll = (files: File[]) => (files.length === 1 ? files[0]! : files)
