import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { Webhook, WebhookCall } from '../provider.ts'
import { parsedOf } from '../shared/answers.ts'
import type { FalApi } from './queue.ts'
import { isRequestId } from './ticket.ts'

const toleranceS = 300

/** Judges whether a call really is from fal: an Ed25519 signature over its ids, its time and its body. */
export function createWebhookCheck(api: Pick<FalApi, 'restUrl' | 'egress' | 'now'>): Webhook['check'] {
  const keys = createWebhookKeys(api)
  return async ({ headers, rawBody }) => {
    const signed = readHeaders(headers)
    if (!signed || Math.abs(api.now() / 1000 - Number(signed.timestamp)) > toleranceS) return null
    const digest = createHash('sha256').update(rawBody).digest('hex')
    const message = Buffer.from([signed.requestId, signed.userId, signed.timestamp, digest].join('\n'))
    const isBy = (key: KeyObject) => verify(null, message, key, signed.signature)
    if (!(await keys.current()).some(isBy) && !(await keys.renewed()).some(isBy)) return null
    return requestIdOf(rawBody)
  }
}

function readHeaders(headers: WebhookCall['headers']) {
  const [requestId, userId, timestamp, signature] = ['request-id', 'user-id', 'timestamp', 'signature'].map(name => {
    const value = headers[`x-fal-webhook-${name}`]
    return typeof value === 'string' ? value : ''
  }) as [string, string, string, string]
  // A line break would let one field pass for two.
  const isLine = (text: string) => /^[\x20-\x7e]{1,200}$/.test(text)
  if (!isLine(requestId) || !isLine(userId) || !/^\d{1,12}$/.test(timestamp)) return null
  return /^[0-9a-f]{128}$/i.test(signature)
    ? { requestId, userId, timestamp, signature: Buffer.from(signature, 'hex') }
    : null
}

function requestIdOf(rawBody: Buffer): string | null {
  const { request_id } = parsedOf(rawBody.toString())
  return isRequestId(request_id) ? request_id : null
}

interface WebhookKeys {
  /** The keys as they are known; fetched when there are none or they are old. Empty when fal cannot be reached. */
  current(): Promise<readonly KeyObject[]>
  /** Fetches them again, for a signature none of them made: fal may have changed its keys. Not more than once a minute. */
  renewed(): Promise<readonly KeyObject[]>
}

/** fal asks that its keys be kept for a day at most. */
const longestAgeMs = 24 * 60 * 60_000
/** Anyone can send a wrong signature; that must not become a flood of questions to fal. */
const shortestPauseMs = 60_000
const fetchMs = 10_000
const maxBytes = 64 * 1024

/** fal's public keys, kept in memory. */
function createWebhookKeys({ restUrl, egress, now }: Pick<FalApi, 'restUrl' | 'egress' | 'now'>): WebhookKeys {
  let keys: readonly KeyObject[] = []
  let fetchedAt = Number.NEGATIVE_INFINITY
  let askedAt = Number.NEGATIVE_INFINITY
  let underWay: Promise<void> | undefined

  async function fetchKeys(): Promise<void> {
    const control = { signal: AbortSignal.timeout(fetchMs), admit: async () => {} }
    const response = await egress.fetch(control, { maxBytes })(`${restUrl}/.well-known/jwks.json`)
    if (!response.ok) return
    const { keys: found } = (await response.json()) as { keys: JsonWebKey[] }
    keys = found
      .filter(({ kty, crv }) => kty === 'OKP' && crv === 'Ed25519')
      .map(({ x }) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: x! }, format: 'jwk' }))
    fetchedAt = now()
  }

  async function renewed() {
    if (!underWay && now() - askedAt >= shortestPauseMs) {
      askedAt = now()
      underWay = fetchKeys()
        .catch(() => {})
        .finally(() => {
          underWay = undefined
        })
    }
    await underWay
    return now() - fetchedAt < longestAgeMs ? keys : []
  }

  return { renewed, current: async () => (now() - fetchedAt < longestAgeMs ? keys : renewed()) }
}
