import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ImagesResponse } from 'openai/resources/images'
import sharp from 'sharp'
import { openContract } from '../../../test/fakes/contracts.ts'
import { answers } from '../../../test/fakes/faults.ts'
import { startFake } from '../../../test/fakes/server.ts'

const contract = openContract('openai-images.openapi.json')
const schemas = '#/components/schemas'

/** Words of a form are texts; the contract knows some as numbers. */
const numbers = ['n']

export interface OpenAiFakeOptions {
  key?: string
  /** Pictures are given as addresses of this server, as some local servers do. */
  urls?: boolean
}

/** OpenAI's API for pictures: paints plain pictures of the size asked for. What it finds wrong stands in `complaints`. */
export async function startOpenAiFake({ key, urls = false }: OpenAiFakeOptions = {}) {
  const complaints: string[] = []
  const check = (schema: string, value: unknown) =>
    void complaints.push(...(contract?.(`${schemas}/${schema}`, value) ?? []))
  let usage: ImagesResponse['usage'] = {
    input_tokens: 300,
    input_tokens_details: { text_tokens: 100, image_tokens: 200 },
    output_tokens: 1000,
    total_tokens: 1300,
  }

  const fake = await startFake(app => {
    app.post('/v1/images/generations', async (request, reply) => {
      const fields = JSON.parse(String(request.body))
      check('CreateImageRequest', fields)
      return answer(request, reply, fields)
    })
    app.post('/v1/images/edits', async (request, reply) => {
      const fields = await readForm(request)
      check('CreateImageEditRequest', fields)
      return answer(request, reply, fields)
    })
    app.get<{ Params: { size: string } }>('/pictures/:size', async (request, reply) =>
      reply.type('image/png').send(await paint(request.params.size.replace('.png', ''))),
    )
  })

  async function answer(request: FastifyRequest, reply: FastifyReply, { size, n }: Record<string, unknown>) {
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`)
      return reply.code(401).send({ error: { message: 'No.', type: 'x', param: null, code: 'invalid_api_key' } })
    const wanted = String(size ?? '1024x1024')
    const count = Number(n ?? 1)
    const item = urls
      ? { url: `${fake.url}/pictures/${wanted}.png` }
      : { b64_json: (await paint(wanted)).toString('base64') }
    const body: ImagesResponse = { created: 1_790_000_000, data: Array(count).fill(item), usage: usage! }
    check('ImagesResponse', body)
    return body
  }

  return {
    ...fake,
    complaints,
    /** The tokens of the next answers, or what stands in their place. */
    uses(next: unknown) {
      usage = next as ImagesResponse['usage']
    },
  }
}

async function paint(size: string): Promise<Buffer> {
  const [width, height] = size.split('x').map(Number)
  return sharp({ create: { width: width!, height: height!, channels: 3, background: '#c84' } })
    .png()
    .toBuffer()
}

/** Fields of a form, pictures as text, several of one name as a list. */
async function readForm({ body, headers }: FastifyRequest): Promise<Record<string, unknown>> {
  const form = await new Response(body as Buffer<ArrayBuffer>, {
    headers: { 'content-type': headers['content-type']! },
  }).formData()
  const fields: Record<string, unknown> = {}
  for (const name of new Set(form.keys())) {
    const values = await Promise.all(
      form
        .getAll(name)
        .map(async value =>
          typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('base64'),
        ),
    )
    const plain = numbers.includes(name) ? values.map(Number) : values
    if (name.endsWith('[]')) fields[name.slice(0, -2)] = plain
    else fields[name] = plain[0]
  }
  return fields
}

const refusal = (status: number, code: string | null, more: object = {}, headers: Record<string, string> = {}) => {
  const error = { message: 'Told in words.', type: 'image_generation_user_error', param: null, code, ...more }
  for (const complaint of contract?.(`${schemas}/ErrorResponse`, { error }) ?? []) throw new Error(complaint)
  return answers(status, { error }, headers)
}

/** What OpenAI refuses with. */
export const refusals = {
  moderated: (moderation_stage: string, categories: string[]) =>
    refusal(400, 'moderation_blocked', { moderation_details: { moderation_stage, categories } }),
  moderatedInWords: (violations: string) =>
    refusal(400, 'moderation_blocked', { message: `Rejected. safety_violations=[${violations}].` }),
  moderatedWithoutCode: refusal(400, null, { message: 'Your request was rejected by our safety system.' }),
  emptyAccount: refusal(429, 'insufficient_quota', { type: 'insufficient_quota' }, { 'retry-after': '20' }),
  spendingLimit: refusal(400, 'billing_hard_limit_reached'),
  wrongKey: refusal(401, 'invalid_api_key'),
  notVerified: refusal(403, null),
  noSuchModel: refusal(404, 'model_not_found'),
  noSuchModelInBody: refusal(400, 'model_not_found'),
  wrongRequest: refusal(400, 'invalid_value'),
  unprocessable: refusal(422, null),
  tooMany: (retryAfter?: string) =>
    refusal(429, 'rate_limit_exceeded', {}, retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  timeout: refusal(408, null),
  broken: (status: number) => refusal(status, 'server_error', { type: 'server_error' }),
}
