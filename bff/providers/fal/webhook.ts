import { createHash, type KeyObject, verify } from 'node:crypto'
import { isRequestId } from './ticket.ts'
import { createWebhookKeys, type WebhookKeysOptions } from './webhook-keys.ts'

export interface WebhookCall {
  /** As Node gives them: names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The bytes as they came; JSON written again has another signature. */
  rawBody: Buffer
}

/** What fal tells: this request has ended. What came of it is asked for with the ticket of this id. */
export interface WebhookNews {
  requestId: string
}

/** True news from fal, or null for anything else. Acting on the same id twice must change nothing: fal repeats itself. */
export type CheckWebhook = (call: WebhookCall) => Promise<WebhookNews | null>

const toleranceS = 300

/** Judges whether a call really is from fal: an Ed25519 signature over its ids, its time and its body. */
export function createWebhookCheck(options: WebhookKeysOptions): CheckWebhook {
  const keys = createWebhookKeys(options)
  return async ({ headers, rawBody }) => {
    const signed = readHeaders(headers)
    if (!signed || Math.abs(options.now() / 1000 - Number(signed.timestamp)) > toleranceS) return null
    const digest = createHash('sha256').update(rawBody).digest('hex')
    const message = Buffer.from([signed.requestId, signed.userId, signed.timestamp, digest].join('\n'))
    const isBy = (key: KeyObject) => verify(null, message, key, signed.signature)
    if (!(await keys.current()).some(isBy) && !(await keys.renewed()).some(isBy)) return null
    return readNews(rawBody)
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

function readNews(rawBody: Buffer): WebhookNews | null {
  try {
    const { request_id: requestId } = JSON.parse(rawBody.toString()) as { request_id?: unknown }
    return isRequestId(requestId) ? { requestId } : null
  } catch {
    return null
  }
}
