import type { ChatCompletion } from 'openai/resources/chat/completions'
import { openContract } from '../../../test/fakes/contracts.ts'
import { answers } from '../../../test/fakes/faults.ts'
import { jsonOf, startFake } from '../../../test/fakes/server.ts'

const contract = openContract('openai-chat-moderations.openapi.json')
const schemas = '#/components/schemas'

/** A model's message as the answer to a chat. */
export const completion = (
  content: string | null,
  {
    finish_reason = 'stop',
    refusal = null,
  }: Partial<ChatCompletion.Choice & ChatCompletion['choices'][0]['message']> = {},
): ChatCompletion => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_790_000_000,
  model: 'gpt-5.6-luna',
  choices: [{ index: 0, finish_reason, logprobs: null, message: { role: 'assistant', content, refusal } }],
  usage: { prompt_tokens: 1500, completion_tokens: 700, total_tokens: 2200 },
})

/** OpenAI's chat completions on this machine; without a key it asks for none. Judges what is sent and answered. */
export async function startFakeChat({ key }: { key: string | null }) {
  const violations: string[] = []
  const judge = (name: string, value: unknown) => violations.push(...(contract?.(`${schemas}/${name}`, value) ?? []))
  let answer = completion('{"en": {"subject": "a fox"}, "ja": {"subject": "狐"}}')

  const fake = await startFake(app => {
    app.post('/v1/chat/completions', async (request, reply) => {
      if (key !== null && request.headers.authorization !== `Bearer ${key}`)
        return reply.code(401).send({ error: { message: 'No.', type: 'x', param: null, code: 'invalid_api_key' } })
      judge('CreateChatCompletionRequest', jsonOf({ body: request.body as Buffer }))
      judge('CreateChatCompletionResponse', answer)
      return answer
    })
  })
  return {
    ...fake,
    baseUrl: `${fake.url}/v1`,
    /** What was sent or answered against the contract; empty without the files. */
    violations,
    answerWith(next: ChatCompletion) {
      answer = next
    },
  }
}

/** An error in OpenAI's shape. */
export const chatError = (status: number, code: string | null, headers: Record<string, string> = {}) => {
  const error = { message: 'Told in words.', type: 'invalid_request_error', param: null, code }
  for (const complaint of contract?.(`${schemas}/ErrorResponse`, { error }) ?? []) throw new Error(complaint)
  return answers(status, { error }, headers)
}
