import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { ProviderError } from '../provider-error.ts'
import type { Base64Extractor } from './base64-extractor.ts'
import { type Answer, type EgressControl, exchange } from './exchange.ts'
import { checkHost, type EgressHost, reaches } from './hosts.ts'
import { publicLookup } from './public-address.ts'

/** Reaches the given hosts and nobody else: no redirects, no private addresses, no DNS change between check and connect. */
export interface Egress {
  /**
   * A fetch for one call. Resolves with the whole answer in memory (32 MiB at most unless told); awaits control.admit()
   * before the body of a success is read. Of a refusal (status 400 and up) it reads 64 KiB at most and asks for no room.
   * An extractor takes the long texts of a success as they arrive. A request leaves at most once.
   * Throws ProviderError: `not_sent` while no byte has left, `unknown_outcome` after a reset, a cut body or the signal,
   * `bad_answer` for an address that is not allowed, a redirect or too many bytes.
   */
  fetch(control: EgressControl, limits?: { maxBytes?: number; extractor?: Base64Extractor }): typeof globalThis.fetch
  close(): Promise<void>
}

const defaultMaxBytes = 32 * 1024 * 1024
const connectMs = 10_000

export function createEgress(options: { hosts: readonly EgressHost[]; lookup?: LookupFunction }): Egress {
  const { hosts, lookup = systemLookup as LookupFunction } = options
  for (const host of hosts) checkHost(host)
  const open = createAgent(publicLookup(lookup))
  const named = createAgent(lookup)

  return {
    fetch:
      ({ signal, admit }, { maxBytes = defaultMaxBytes, extractor } = {}) =>
      async (input, init) => {
        const url = URL.parse(input instanceof Request ? input.url : input)
        const allowed = url && hosts.find(host => reaches(host, url))
        if (!allowed) throw new ProviderError({ kind: 'bad_answer' })
        const request = new Request(input, init)
        const control = {
          signal: AbortSignal.any([signal, request.signal]),
          admit,
          maxBytes,
          ...(extractor && { extractor }),
        }
        return toResponse(await exchange('base' in allowed ? named : open, await toDispatch(request, url), control))
      },
    async close() {
      await Promise.all([open.destroy(), named.destroy()])
    },
  }
}

/**
 * Connections are not kept: one that its other end has just closed would take a paid request with it, and nobody could
 * tell whether it arrived. The signal of the call is the only deadline.
 */
const createAgent = (lookup: LookupFunction) =>
  new Agent({
    connect: { lookup, timeout: connectMs },
    allowH2: false,
    pipelining: 0,
    headersTimeout: 0,
    bodyTimeout: 0,
  })

async function toDispatch(request: Request, { origin, pathname, search }: URL) {
  const headers = { 'accept-encoding': 'identity', ...Object.fromEntries(request.headers) }
  const body = request.body && Buffer.from(await request.arrayBuffer())
  return { origin, path: pathname + search, method: request.method, headers, body }
}

function toResponse({ status, headers, body }: Answer): Response {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  )
  return new Response(status === 204 || status === 205 ? null : body, { status, headers: pairs })
}
