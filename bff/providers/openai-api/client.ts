import OpenAI from 'openai'
import type { Base64Extractor } from '../egress/base64-extractor.ts'
import type { Egress } from '../egress/egress.ts'
import type { CallControl } from '../provider.ts'

/** A server that speaks OpenAI's API. */
export interface ApiServer {
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

/** The provider's client with nothing left for it to find in the environment, and nothing sent twice. */
export function createClient(
  { key, baseUrl, egress }: ApiServer,
  control: CallControl,
  limits: { maxBytes: number; extractor?: Base64Extractor },
): OpenAI {
  const send = egress.fetch(control, limits)
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
