import type { AuthStateChanged } from '../../bff/contract/identity.ts'
import { isRecord } from '../platform/storage/item.ts'

/** The two things the web app may tell the extension. Neither holds a token, a balance or a name. */
export type ExternalMessage = AuthStateChanged | { type: 'credits-updated' }

export type ExternalSender = Pick<chrome.runtime.MessageSender, 'id' | 'origin' | 'frameId' | 'tab'>

const secret = /^[A-Za-z0-9_-]{43}$/

/** The message when it comes from a top frame of exactly our web app and has exactly the known shape, else null. */
export function readExternalMessage(message: unknown, sender: ExternalSender, origin: string): ExternalMessage | null {
  const fromOurPage =
    sender.origin === origin && sender.frameId === 0 && sender.tab !== undefined && sender.id === undefined
  if (!fromOurPage || !isRecord(message)) return null
  const fields = Object.keys(message).sort().join()
  if (message.type === 'credits-updated' && fields === 'type') return { type: 'credits-updated' }
  if (message.type !== 'auth-state-changed' || fields !== 'code,state,type') return null
  const { state, code } = message
  return isSecret(state) && isSecret(code) ? { type: 'auth-state-changed', state, code } : null
}

const isSecret = (value: unknown): value is string => typeof value === 'string' && secret.test(value)
