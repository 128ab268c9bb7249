import * as v from 'valibot'
import type { AuthStateChanged } from '../../bff/contract/identity.ts'
import { readAs, type Shape } from '../platform/shape.ts'

/** The two things the web app may tell the extension. Neither holds a token, a balance or a name. */
export type ExternalMessage = AuthStateChanged | { type: 'credits-updated' }

export type ExternalSender = Pick<chrome.runtime.MessageSender, 'id' | 'origin' | 'frameId' | 'tab'>

const secret = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

/** Strict: a field more refuses the message. */
const MessageShape: Shape<ExternalMessage> = v.variant('type', [
  v.strictObject({ type: v.literal('credits-updated') }),
  v.strictObject({ type: v.literal('auth-state-changed'), state: secret, code: secret }),
])

/** The message when it comes from a top frame of exactly our web app and has exactly the known shape, else null. */
export function readExternalMessage(message: unknown, sender: ExternalSender, origin: string): ExternalMessage | null {
  const fromOurPage =
    sender.origin === origin && sender.frameId === 0 && sender.tab !== undefined && sender.id === undefined
  return (fromOurPage && readAs(MessageShape, message)) || null
}
