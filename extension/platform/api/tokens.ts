import type { TokenRequest, Tokens } from '../../../bff/contract/identity.ts'
import type { StoredItem } from '../storage/item.ts'
import type { Access, Session } from '../storage/items.ts'
import { type Http, readJson } from './http.ts'
import { ApiProblem } from './problem.ts'

/** Renewed this long before it ends, so that no call leaves with a token about to die. */
const margin = 30_000

export interface TokensOptions {
  http: Http
  session: StoredItem<Session>
  access: StoredItem<Access | null>
  now: () => number
  /** Runs one at a time across panels and worker: navigator.locks under one name. */
  exclusively: <T>(run: () => Promise<T>) => Promise<T>
}

export interface TokenKeeper {
  /** A token that works; `refused` is one that the backend has just answered 401 to. */
  accessToken(refused?: string): Promise<string>
  /** Ends a sign-in: exchanges the one-time code for tokens and stores them. */
  redeem(code: string, verifier: string): Promise<Tokens>
  /** Forgets both tokens. */
  forget(): Promise<void>
}

/** Keeps the two tokens. Only the backend's own refusal ends a session: being offline or a 500 signs nobody out. */
export function createTokens({ http, session, access, now, exclusively }: TokensOptions): TokenKeeper {
  const exchange = (body: TokenRequest) =>
    http({ method: 'POST', path: '/v1/auth/token', body }, response => readJson<Tokens>(response))

  const store = async (tokens: Tokens) => {
    // The refresh token first: losing the access token costs one more call, losing the other a sign-in.
    await session.set({ status: 'signed-in', refreshToken: tokens.refreshToken, personId: tokens.person.id })
    await access.set({ token: tokens.accessToken, expiresAt: now() + tokens.expiresIn * 1000 })
  }

  const usable = async (refused: string | undefined) => {
    const current = await access.get()
    return current && current.token !== refused && current.expiresAt - margin > now() ? current.token : null
  }

  const refresh = async (refused: string | undefined): Promise<string> => {
    const renewedMeanwhile = await usable(refused)
    if (renewedMeanwhile) return renewedMeanwhile
    const current = await session.get()
    if (current.status !== 'signed-in') throw new ApiProblem('signed_out', 401)
    try {
      const tokens = await exchange({ grant: 'refresh', refreshToken: current.refreshToken })
      // The person may have signed out while the answer was on its way.
      if ((await session.get()).status !== 'signed-in') throw new ApiProblem('signed_out', 401)
      await store(tokens)
      return tokens.accessToken
    } catch (error) {
      const isRefused = error instanceof ApiProblem && error.code === 'signed_out'
      if (isRefused && (await session.get()).status === 'signed-in') {
        await session.set({ status: 'expired' })
        await access.remove()
      }
      throw error
    }
  }

  return {
    accessToken: async refused => (await usable(refused)) ?? exclusively(() => refresh(refused)),
    redeem: (code, verifier) =>
      exclusively(async () => {
        const tokens = await exchange({ grant: 'code', code, verifier })
        await store(tokens)
        return tokens
      }),
    forget: async () => {
      await session.set({ status: 'signed-out', returning: true })
      await access.remove()
    },
  }
}
