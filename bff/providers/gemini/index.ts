import { ConfigError, oneOf } from '../../config/env.ts'
import { type Base64Extractor, createBase64Extractor } from '../egress/base64-extractor.ts'
import type { CallControl, DirectProvider, ProviderDescriptor } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { type ApiAccess, apiAccess } from '../shared/access.ts'
import { checkBy } from '../shared/parameters.ts'
import { ImageParameters, ReadingParameters } from './parameters.ts'
import { refusalOf } from './refusal.ts'
import { toImageBody, toReadingBody } from './request.ts'
import { toFiles, toReading } from './response.ts'

/** Google's Gemini, through generateContent itself: its SDK is large and cannot tell a timeout from a stop. */
export const gemini = {
  name: 'gemini',
  recipient: { name: 'Google', country: 'US', policy: 'https://policies.google.com/privacy' },
  hosts: ['generativelanguage.googleapis.com'],
  catalogue: new URL('catalogue.json', import.meta.url),
  wrongParameters: checkBy({ image: ImageParameters, reading: ReadingParameters }),

  settings(env, mode) {
    const access = apiAccess(env, mode, 'GEMINI', 'https://generativelanguage.googleapis.com/v1beta')
    const tier = oneOf(env, 'GEMINI_TIER', ['free', 'paid'], 'free')
    // Google trains on what comes through a key of its free tier.
    if (access && mode === 'production' && tier !== 'paid')
      throw new ConfigError('GEMINI_TIER must be paid in production: with a free key Google may train on what is sent.')
    return access
  },

  create({ key, baseUrl }, tools): DirectProvider {
    const egress = tools.egress(baseUrl)

    async function generate(
      endpoint: string,
      body: unknown,
      control: CallControl,
      extractor?: Base64Extractor,
    ): Promise<unknown> {
      const response = await egress.fetch(control, { ...(extractor && { extractor }) })(
        `${baseUrl}/models/${encodeURIComponent(endpoint)}:generateContent`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-goog-api-key': key },
          body: JSON.stringify(body),
        },
      )
      const text = await response.text()
      if (!response.ok)
        throw new ProviderError(refusalOf(response.status, response.headers.get('retry-after'), text, tools.now()))
      try {
        return JSON.parse(text)
      } catch {
        throw new ProviderError({ kind: 'bad_answer' })
      }
    }

    return {
      way: 'direct',
      repeatable: false,
      async call(request, control) {
        switch (request.kind) {
          case 'image': {
            const extractor = createBase64Extractor()
            const answer = await generate(request.endpoint, toImageBody(request), control, extractor)
            return toFiles(answer, request.count, request.parameters as ImageParameters, extractor)
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
  },
} satisfies ProviderDescriptor<ApiAccess>
