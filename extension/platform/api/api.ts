/** The backend as functions. Types come from its contract; failures are ApiProblem. */
import type { Billing, Checkout, Purchase, PurchaseList, PurchaseRequest } from '../../../bff/contract/billing.ts'
import type { Balance, LimitsNow, SpendingLimits, Statement, StatementKind } from '../../../bff/contract/credits.ts'
import type { Generation, GenerationList, GenerationSpec } from '../../../bff/contract/generations.ts'
import type { Person } from '../../../bff/contract/identity.ts'
import type { Picture, PictureChange, PictureList } from '../../../bff/contract/library.ts'
import type { ModelList } from '../../../bff/contract/models.ts'
import { update } from '../chrome/update.ts'
import { pause } from '../pause.ts'
import { accessItem, sessionItem } from '../storage/items.ts'
import { type EventsRequest, followEvents } from './events.ts'
import { createHttp, type Http, type HttpRequest, readJson, readNothing } from './http.ts'
import { origin } from './origin.ts'
import { ApiProblem } from './problem.ts'
import { createTokens, type TokenKeeper } from './tokens.ts'

export interface PictureQuery {
  cursor?: string | undefined
  limit?: number
  favourite?: boolean
}

interface StatementQuery {
  kind: StatementKind | null
  cursor?: string | undefined
  limit?: number
}

/** A path with those parameters that have a value. */
function withQuery(path: string, query: object): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const text = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? path : `${path}?${text}`
}

/** Sending pictures and fetching a result may cross a slow line; everything else is small. */
const transferTimeout = 120_000

export function createApi({ http, tokens }: { http: Http; tokens: TokenKeeper }) {
  /** Adds the bearer token; a 401 renews it and tries once more. */
  const asPerson: Http = async (request, read) => {
    const send = (token: string) =>
      http({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } }, read)
    const token = await tokens.accessToken()
    try {
      return await send(token)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'signed_out') throw error
      return send(await tokens.accessToken(token))
    }
  }

  const json = <T>(request: HttpRequest) => asPerson(request, response => readJson<T>(response))
  const nothing = (request: HttpRequest) => asPerson(request, readNothing)
  const blob = (path: string) => asPerson({ path, timeout: transferTimeout }, response => response.blob())
  const id = encodeURIComponent

  return {
    models: () => http({ path: '/v1/models' }, response => readJson<ModelList>(response)),
    me: () => json<Person>({ path: '/v1/me' }),
    balance: () => json<Balance>({ path: '/v1/balance' }),
    billing: () => json<Billing>({ path: '/v1/billing' }),
    setLimits: (limits: SpendingLimits) => json<LimitsNow>({ method: 'PUT', path: '/v1/credits/limits', body: limits }),
    statement: (query: StatementQuery) => json<Statement>({ path: withQuery('/v1/credits/statement', query) }),
    statementCsv: (kind: StatementKind | null) => blob(withQuery('/v1/credits/statement.csv', { kind })),
    buy: (wanted: PurchaseRequest) => json<Checkout>({ method: 'POST', path: '/v1/purchases', body: wanted }),
    purchases: (query: { limit: number }) => json<PurchaseList>({ path: withQuery('/v1/purchases', query) }),
    purchase: (purchaseId: string) => json<Purchase>({ path: `/v1/purchases/${id(purchaseId)}` }),
    /** Has the backend ask the payment service. */
    refreshPurchase: (purchaseId: string) =>
      json<Purchase>({ method: 'POST', path: `/v1/purchases/${id(purchaseId)}/refresh` }),
    redeem: tokens.redeem,
    /** Tells the backend, then forgets the tokens; they are forgotten even when the backend cannot be told. */
    signOut: async () => {
      const patience = new Promise(resolve => setTimeout(resolve, 5_000))
      try {
        await Promise.race([nothing({ method: 'POST', path: '/v1/auth/sign-out' }), patience])
      } finally {
        await tokens.forget()
      }
    },

    /** `key` is the Idempotency-Key: the same key for every try of the same press. */
    generate: (spec: GenerationSpec, sources: readonly Blob[], key: string) => {
      const body = new FormData()
      body.append('spec', JSON.stringify(spec))
      for (const [index, source] of sources.entries()) body.append('source', source, `source-${index + 1}`)
      return json<Generation>({
        method: 'POST',
        path: '/v1/generations',
        body,
        headers: { 'Idempotency-Key': key },
        timeout: transferTimeout,
      })
    },
    generation: (generationId: string) => json<Generation>({ path: `/v1/generations/${id(generationId)}` }),
    generations: () => json<GenerationList>({ path: '/v1/generations' }),
    cancel: (generationId: string) =>
      json<Generation>({ method: 'POST', path: `/v1/generations/${id(generationId)}/cancel` }),

    pictures: (query: PictureQuery = {}) => json<PictureList>({ path: withQuery('/v1/pictures', query) }),
    changePicture: (pictureId: string, change: PictureChange) =>
      json<Picture>({ method: 'PATCH', path: `/v1/pictures/${id(pictureId)}`, body: change }),
    deletePicture: (pictureId: string) => nothing({ method: 'DELETE', path: `/v1/pictures/${id(pictureId)}` }),
    restorePicture: (pictureId: string) => nothing({ method: 'POST', path: `/v1/pictures/${id(pictureId)}/restore` }),
    file: (pictureId: string) => blob(`/v1/pictures/${id(pictureId)}/file`),
    thumbnail: (pictureId: string) => blob(`/v1/pictures/${id(pictureId)}/thumbnail`),

    /** Resolves when `signal` aborts; rejects with signed_out or update_needed, where reconnecting cannot help. */
    events: (request: EventsRequest) =>
      followEvents(
        {
          open: (lastEventId, signal) =>
            asPerson(
              {
                path: '/v1/events',
                headers: {
                  Accept: 'text/event-stream',
                  ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
                },
                signal,
              },
              response => response,
            ),
          pause,
          random: Math.random,
        },
        request,
      ),
  }
}

export type Api = ReturnType<typeof createApi>

const http = createHttp({
  origin,
  fetch: (...args) => fetch(...args),
  isOnline: () => navigator.onLine,
  onOutdated: () => update.setState({ isNeeded: true }),
})

export const api: Api = createApi({
  http,
  tokens: createTokens({
    http,
    session: sessionItem,
    access: accessItem,
    now: Date.now,
    exclusively: run => navigator.locks.request('mimicit-tokens', run),
  }),
})
