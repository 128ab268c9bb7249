import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Egress } from '../egress/egress.ts'

export interface WebhookKeys {
  /** The keys as they are known; fetched when there are none or they are old. Empty when fal cannot be reached. */
  current(): Promise<readonly KeyObject[]>
  /** Fetches them again, for a signature none of them made: fal may have changed its keys. Not more than once a minute. */
  renewed(): Promise<readonly KeyObject[]>
}

export interface WebhookKeysOptions {
  /** Base of fal's own services: https://rest.fal.ai. */
  restUrl: string
  egress: Egress
  now: () => number
}

/** fal asks that its keys be kept for a day at most. */
const longestAgeMs = 24 * 60 * 60_000
/** Anyone can send a wrong signature; that must not become a flood of questions to fal. */
const shortestPauseMs = 60_000
const fetchMs = 10_000
const maxBytes = 64 * 1024

/** fal's public keys, kept in memory. */
export function createWebhookKeys({ restUrl, egress, now }: WebhookKeysOptions): WebhookKeys {
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
