import { randomUUIDv7 } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import type { HTTPMethods } from 'fastify'
import { onTestFinished } from 'vitest'
import type { Checkout } from '../contract/billing.ts'
import type { Generation } from '../contract/generations.ts'
import { aPicture, aSpec, form, submission } from './app.ts'
import { createFakeProvider } from './fake-provider.ts'
import { until } from './until.ts'
import { signIn, wholeApp } from './whole-app.ts'

/** Bodies without which a route would refuse before it looks at the id. */
const bodies: Record<string, object> = {
  'PATCH /v1/pictures/:id': { favourite: true },
  'PUT /v1/credits/limits': { perDay: 5, perMonth: null, askAbove: null },
  'POST /v1/purchases': { pack: 's', currency: 'usd', language: 'en' },
}
/** [C29] Where the identity provider sends the browser back to; and a stream, which never ends. */
export const notPlainGets = ['GET /sign-in/callback', 'GET /v1/events', 'HEAD /v1/events']

export const unknownToken = 'U'.repeat(43)

/** Whether a route may change something. */
export const changes = ({ method }: { method: string }) => method !== 'GET' && method !== 'HEAD'

/** The whole backend with Ada, who has a picture and a purchase, and Bob, who has nothing. */
export async function setUpRoutes() {
  const provider = createFakeProvider({ instant: await aPicture() })
  let skew = 0
  const whole = await wholeApp({ providers: new Map([['local', provider]]), now: () => Date.now() + skew })
  const ada = await signIn(whole.app, { name: 'Ada', email: 'ada@example.test' })
  const bob = await signIn(whole.app, { name: 'Bob', email: 'bob@example.test' })
  const { id: jobId } = (
    await whole.app.inject(submission(ada.headers, form(aSpec(), [await aPicture()])))
  ).json<Generation>()
  const own = async () =>
    (await whole.app.inject({ url: `/v1/generations/${jobId}`, headers: ada.headers })).json<Generation>()
  await until(async () => (await own()).state === 'done')
  const pictureId = (await own()).pictures[0]!.id
  const payload = bodies['POST /v1/purchases']!
  const order = { method: 'POST', url: '/v1/purchases', headers: ada.headers, payload } as const
  const { purchase } = (await whole.app.inject(order)).json<Checkout>()

  const table = whole.routes
    .filter(route => !route.url.startsWith('/docs') && route.url !== '*')
    .flatMap(({ method, url, config }) =>
      [method].flat().map(method => ({ method, url, access: config?.access, standing: config?.standing })),
    )
    .map(route => ({ ...route, name: `${route.method} ${route.url}` }))
  type Route = (typeof table)[number]

  const ask = ({ method, url, name }: Route, headers: Record<string, string>, id: string = randomUUIDv7()) =>
    whole.app.inject({
      method: method as HTTPMethods,
      url: url.replace(':id', id),
      headers,
      ...(bodies[name] && { payload: bodies[name] }),
    })
  const idFor = ({ url }: Route) => {
    if (url.startsWith('/v1/pictures/:id')) return pictureId
    if (url.startsWith('/v1/generations/:id')) return jobId
    if (url.startsWith('/v1/purchases/:id')) return purchase.id
    throw new Error(`Whose id does ${url} take?`)
  }
  const sqlite = new Sqlite(whole.file)
  onTestFinished(() => void sqlite.close())
  return {
    ...whole,
    ada,
    bob,
    table,
    ask,
    idFor,
    sqlite,
    wait: (ms: number) => {
      skew += ms
    },
    /** Every row of every table. */
    rows: () =>
      Object.fromEntries(
        sqlite
          .prepare<[], string>(`select name from sqlite_schema where type = 'table'`)
          .pluck()
          .all()
          .map(name => [name, sqlite.prepare(`select * from ${name}`).all()]),
      ),
  }
}
