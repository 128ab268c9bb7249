import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { ProviderError, type ProviderFault } from '../provider-error.ts'
import type { Base64Extractor } from './base64-extractor.ts'

export interface EgressControl {
  signal: AbortSignal
  /** Resolves when there is room in memory for the answer. */
  admit(): Promise<void>
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer<ArrayBuffer>
}

/** What is worth reading of a refusal. */
const refusalBytes = 64 * 1024

/**
 * Sends one request and collects its answer. Knows whether a byte has left: undici tells right before it writes, and is
 * stopped there when it would write a second time or too late.
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { signal, admit, maxBytes, extractor }: EgressControl & { maxBytes: number; extractor?: Base64Extractor },
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  let control: Dispatcher.DispatchController | undefined
  let sent = false
  let settled = false
  const answer: Omit<Answer, 'body'> = { status: 0, headers: {} }
  const chunks: Buffer[] = []
  let length = 0

  const settle = (end: () => void) => {
    if (settled) return
    settled = true
    signal.removeEventListener('abort', silence)
    end()
    control?.abort(new Error('settled'))
  }
  const fail = (kind: Extract<ProviderFault['kind'], 'bad_answer' | 'not_sent' | 'unknown_outcome'>) =>
    settle(() => reject(new ProviderError({ kind })))
  const silence = () => fail(sent ? 'unknown_outcome' : 'not_sent')
  const isExtracted = () => extractor !== undefined && answer.status < 300
  const finish = () =>
    settle(() => resolve({ ...answer, body: isExtracted() ? extractor!.end() : Buffer.concat(chunks) }))

  if (signal.aborted) {
    silence()
    return promise
  }
  signal.addEventListener('abort', silence)
  dispatcher.dispatch(request, {
    onRequestStart(controller) {
      control = controller
      if (sent) silence()
      if (settled) controller.abort(new Error('settled'))
      sent = true
    },
    onResponseStart(controller, status, headers) {
      Object.assign(answer, { status, headers })
      if (status < 200 || status >= 400) return
      const encoding = headers['content-encoding'] ?? 'identity'
      if (status >= 300 || encoding !== 'identity' || Number(headers['content-length']) > maxBytes)
        return fail('bad_answer')
      extractor?.expect(Number(headers['content-length']))
      controller.pause()
      admit().then(() => controller.resume(), silence)
    },
    onResponseData(_controller, chunk) {
      if (isExtracted()) extractor!.write(chunk)
      else chunks.push(chunk)
      length += chunk.length
      if (answer.status >= 400 && length >= refusalBytes) finish()
      else if (length > maxBytes) fail('bad_answer')
    },
    onResponseEnd: finish,
    onResponseError: silence,
  })
  return promise
}
