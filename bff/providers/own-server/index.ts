import { baseUrl, secret } from '../../config/env.ts'
import type { Egress } from '../egress/egress.ts'
import { ChatParameters, chatProvider } from '../openai-api/chat.ts'
import { CompatibleParameters } from '../openai-api/image-parameters.ts'
import { makeImages } from '../openai-api/images.ts'
import type { ProviderDescriptor } from '../provider.ts'
import { checkBy } from '../shared/parameters.ts'

/**
 * Servers on the operator's own machines that speak OpenAI's API for pictures. Where they are stands in the operator's
 * catalogue entries; an entry reaches its own server and no other.
 */
export const ownImages = {
  name: 'compatible',
  recipient: null,
  hosts: [],
  catalogue: null,
  wrongParameters: checkBy({ image: CompatibleParameters }),
  settings: () => ({}),
  create(_settings, { egress, now }) {
    const egresses = new Map<string, Egress>()
    return {
      way: 'direct',
      // It may be a proxy that pays somebody for each call.
      repeatable: false,
      call(request, control) {
        const parameters = request.parameters as CompatibleParameters
        const { key, baseUrl } = parameters
        const reached = egresses.get(baseUrl) ?? egress(baseUrl)
        egresses.set(baseUrl, reached)
        return makeImages({ key, baseUrl, egress: reached, now }, request, parameters, control)
      },
      async close() {
        await Promise.all([...egresses.values()].map(egress => egress.close()))
      },
    }
  },
} satisfies ProviderDescriptor<object>

interface ChatSettings {
  /** Null: it asks for none. */
  key: string | null
  baseUrl: string
  /** Its name there; null: the catalogue's. */
  model: string | null
}

/** A vision model's server on the operator's own network. */
export const ownChat = {
  name: 'local-chat',
  recipient: null,
  hosts: [],
  catalogue: new URL('catalogue.json', import.meta.url),
  wrongParameters: checkBy({ reading: ChatParameters }),
  settings(env) {
    const name = 'LOCAL_READING_URL'
    if (!env[name]) return null
    return {
      key: secret(env, 'LOCAL_READING_KEY'),
      // Inside one's own network there may be no https.
      baseUrl: baseUrl(env, 'development', name, 'http://127.0.0.1:11434/v1'),
      model: env.LOCAL_READING_MODEL || null,
    }
  },
  create: ({ key, baseUrl, model }, { egress, now }) =>
    chatProvider({ key, baseUrl, egress: egress(baseUrl), now }, { model }),
} satisfies ProviderDescriptor<ChatSettings>
