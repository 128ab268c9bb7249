import type { Egress } from '../egress/egress.ts'
import { createLifter, type Lifter } from '../egress/lift.ts'
import type { CallControl, DirectProvider } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { toFiles, toReading } from './from-response.ts'
import { type ImageParameters, type ReadingParameters, wrongParameters } from './parameters.ts'
import { refusalOf } from './refusal.ts'
import { toImageBody, toReadingBody } from './to-request.ts'

export interface GeminiOptions {
  key: string
  /** With the API's version: https://generativelanguage.googleapis.com/v1beta. */
  baseUrl: string
  egress: Egress
  now: () => number
}

/** Google's Gemini, through generateContent itself: its SDK is large and cannot tell a timeout from a stop. */
export function createGeminiProvider({ key, baseUrl, egress, now }: GeminiOptions): DirectProvider {
  async function generate(endpoint: string, body: unknown, control: CallControl, lifter?: Lifter): Promise<unknown> {
    const response = await egress.fetch(control, { ...(lifter && { lifter }) })(
      `${baseUrl}/models/${encodeURIComponent(endpoint)}:generateContent`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-goog-api-key': key },
        body: JSON.stringify(body),
      },
    )
    const text = await response.text()
    if (!response.ok)
      throw new ProviderError(refusalOf(response.status, response.headers.get('retry-after'), text, now()))
    try {
      return JSON.parse(text)
    } catch {
      throw new ProviderError({ kind: 'bad_answer' })
    }
  }

  return {
    way: 'direct',
    repeatable: false,
    wrongParameters,
    async call(request, control) {
      switch (request.kind) {
        case 'image': {
          const lifter = createLifter()
          const answer = await generate(request.endpoint, toImageBody(request), control, lifter)
          return toFiles(answer, request.count, request.parameters as ImageParameters, lifter)
        }
        case 'reading': {
          const answer = await generate(request.endpoint, toReadingBody(request), control)
          return toReading(answer, request.parameters as ReadingParameters)
        }
        case 'model3d':
          throw new ProviderError({ kind: 'rejected_input' })
      }
    },
    close: () => egress.close(),
  }
}
