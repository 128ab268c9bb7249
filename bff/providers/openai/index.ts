import { ChatParameters, chatProvider } from '../openai-api/chat.ts'
import { ImagesParameters } from '../openai-api/image-parameters.ts'
import { makeImages } from '../openai-api/images.ts'
import type { ProviderDescriptor, ProviderTools } from '../provider.ts'
import { type ApiAccess, apiAccess } from '../shared/access.ts'
import { checkBy } from '../shared/parameters.ts'

const company = {
  recipient: { name: 'OpenAI', country: 'US', policy: 'https://openai.com/policies/privacy-policy/' },
  hosts: ['api.openai.com'],
  settings: (env, mode) => apiAccess(env, mode, 'OPENAI', 'https://api.openai.com/v1'),
} satisfies Partial<ProviderDescriptor<ApiAccess>>

const serverFor = ({ key, baseUrl }: ApiAccess, { egress, now }: ProviderTools) => ({
  key,
  baseUrl,
  egress: egress(baseUrl),
  now,
})

/** OpenAI's GPT Image models. */
export const openai = {
  ...company,
  name: 'openai',
  catalogue: new URL('catalogue.json', import.meta.url),
  wrongParameters: checkBy({ image: ImagesParameters }),
  create(access, tools) {
    const server = serverFor(access, tools)
    return {
      way: 'direct',
      repeatable: false,
      call: (request, control) => makeImages(server, request, request.parameters as ImagesParameters, control),
      close: () => server.egress.close(),
    }
  },
} satisfies ProviderDescriptor<ApiAccess>

/** OpenAI's models that read pictures; they stand in the same catalogue. */
export const openaiChat = {
  ...company,
  name: 'openai-chat',
  catalogue: null,
  wrongParameters: checkBy({ reading: ChatParameters }),
  create: (access, tools) => chatProvider(serverFor(access, tools), { model: null }),
} satisfies ProviderDescriptor<ApiAccess>
