import * as v from 'valibot'
import { contractVersion } from '../../../bff/contract/values.ts'
import { readAs, word } from '../shape.ts'
import { ApiProblem, type ApiProblemCode, type ProblemParams } from './problem.ts'

export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with its query, from the backend's origin. */
  path: string
  /** FormData is sent as multipart, everything else as JSON. */
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** Milliseconds for the whole call, body included. */
  timeout?: number
}

export interface HttpOptions {
  origin: string
  fetch: typeof fetch
  isOnline: () => boolean
  /** Called when the backend no longer serves this version (426). */
  onOutdated: () => void
}

export type Http = <T>(request: HttpRequest, read: (response: Response) => T | Promise<T>) => Promise<T>

/**
 * One call to the backend: no cookies, no Referer, never without a timeout, and every failure is an ApiProblem.
 * A caller's own abort is passed on as the AbortError it is.
 */
export function createHttp({ origin, fetch, isOnline, onOutdated }: HttpOptions): Http {
  return async ({ method = 'GET', path, body, headers, signal, timeout = 20_000 }, read) => {
    const slow = new AbortController()
    const timer = setTimeout(() => slow.abort(), timeout)
    try {
      const response = await fetch(origin + path, {
        method,
        headers: {
          Accept: 'application/json',
          ...(body !== undefined && !(body instanceof FormData) && { 'Content-Type': 'application/json' }),
          'X-Mimicit-Contract': String(contractVersion),
          ...headers,
        },
        body: body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body),
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, slow.signal]) : slow.signal,
      })
      if (!response.ok) throw await readProblem(response)
      return await read(response)
    } catch (error) {
      if (error instanceof ApiProblem) {
        if (error.code === 'update_needed') onOutdated()
        throw error
      }
      if (signal?.aborted) throw signal.reason
      throw new ApiProblem(isOnline() ? 'unreachable' : 'offline', 0, {}, { cause: error })
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The body as JSON; an answer that is none (a captive portal, a proxy's page) is the problem bad_answer. */
export async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text()
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new ApiProblem('bad_answer', response.status, {}, { cause: error })
  }
}

/** For answers without a body worth reading. */
export const readNothing = async (response: Response): Promise<void> => {
  await response.body?.cancel()
}

const isParam = ([, value]: [string, unknown]) => typeof value === 'string' || typeof value === 'number'

/** application/problem+json, as far as the panel reads it. */
const ProblemShape = v.object({
  code: word<ApiProblemCode>(),
  params: v.fallback(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.transform(params => Object.fromEntries(Object.entries(params).filter(isParam)) as ProblemParams),
    ),
    {},
  ),
})

/** Anything that is not ok and no problem either is bad_answer with its status. */
async function readProblem(response: Response): Promise<ApiProblem> {
  const problem = readAs(ProblemShape, await response.json().catch(() => null))
  return new ApiProblem(problem?.code ?? 'bad_answer', response.status, problem?.params)
}
