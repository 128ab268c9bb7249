import { openContract } from '../../../test/fakes/contracts.ts'
import { png } from '../../../test/fakes/files.ts'
import { jsonOf, startFake } from '../../../test/fakes/server.ts'

/** In the provider's own newer client, not yet in the description of the wire. */
const newerNames = ['MODEL_ARMOR', 'JAILBREAK']

type Fields = Record<string, unknown>

const usageMetadata = {
  promptTokenCount: 560,
  candidatesTokenCount: 1140,
  thoughtsTokenCount: 200,
  totalTokenCount: 1900,
  candidatesTokensDetails: [
    { modality: 'IMAGE', tokenCount: 1120 },
    { modality: 'TEXT', tokenCount: 20 },
  ],
}

export const pictureParts = (...pictures: Buffer[]) =>
  pictures.map(bytes => ({ inlineData: { mimeType: 'image/png', data: bytes.toString('base64') } }))

/** A candidate that ended as this name says. */
export const candidate = (finishReason: string, parts?: object[], rest: object = {}) => ({
  candidates: [{ index: 0, finishReason, ...(parts && { content: { role: 'model', parts } }), ...rest }],
  usageMetadata,
})

/** A prompt that was stopped before any work. */
export const blockedPrompt = (blockReason: string, safetyRatings: object[] = []) => ({
  promptFeedback: { blockReason, safetyRatings },
  usageMetadata: { promptTokenCount: 560, totalTokenCount: 560 },
})

/** An error as Google words it. */
export const googleError = (code: number, status: string, message = 'No.', details: object[] = []) => ({
  error: { code, message, status, details },
})

/** Google's generateContent on this machine. Judges what it is sent and what it answers by the contract. */
export async function startFakeGemini({ key, models }: { key: string; models: readonly string[] }) {
  const contract = openContract('gemini-generatecontent.proto.schema.json')
  const violations: string[] = []
  const judge = (name: string, value: unknown) => violations.push(...(contract?.(`#/definitions/${name}`, value) ?? []))
  let answer: Fields = candidate('STOP', [{ text: 'Here it is.' }, ...pictureParts(png())])

  const fake = await startFake(app => {
    app.post('/v1beta/models/:call', async (request, reply) => {
      const { call } = request.params as { call: string }
      const [model = '', method] = call.split(':')
      const refuse = (code: number, status: string) => {
        const error = googleError(code, status)
        judge('Status', error)
        return reply.code(code).send(error)
      }
      if (request.headers['x-goog-api-key'] !== key) return refuse(403, 'PERMISSION_DENIED')
      if (method !== 'generateContent' || !models.includes(model)) return refuse(404, 'NOT_FOUND')
      judge('GenerateContentRequest', jsonOf({ body: request.body as Buffer }))
      if (!newerNames.some(name => JSON.stringify(answer).includes(name))) judge('GenerateContentResponse', answer)
      return answer
    })
  })
  return {
    ...fake,
    baseUrl: `${fake.url}/v1beta`,
    /** What was sent or answered against the contract; empty without the files. */
    violations,
    answerWith(next: Fields) {
      answer = next
    },
  }
}
