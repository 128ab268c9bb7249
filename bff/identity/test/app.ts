import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify, { LogController } from 'fastify'
import { onTestFinished } from 'vitest'
import type { Database } from '../../db/database.ts'
import { registerAccess } from '../../http/access.ts'
import { logOptions, registerAccessLog } from '../../http/access-log.ts'
import { registerHeaders } from '../../http/headers.ts'
import { registerJsonBodies } from '../../http/json-body.ts'
import { registerProblems } from '../../http/problems.ts'
import { schemaOptions } from '../../http/schemas.ts'
import { createLedger } from '../../ledger/ledger.ts'
import { createVault } from '../../privacy/vault.ts'
import { testDatabase } from '../../test/database.ts'
import { watchedLog } from '../../test/watched-log.ts'
import { createSite } from '../../web/site.ts'
import { authRoutes } from '../auth-routes.ts'
import { createEmbeddedProvider } from '../embedded/provider.ts'
import type { Revoked } from '../extension-tokens.ts'
import { createIdentity, type IdentityDeps } from '../identity.ts'
import type { IdentityProvider } from '../provider.ts'
import { webRoutes } from '../web-routes.ts'
import { sessionCookie } from '../web-sessions.ts'

export const origin = 'http://localhost:8787'
export const extensionId = 'abcdefghijklmnopabcdefghijklmnop'
export const freeCredits = 50

/** A browser that has not been here before. */
export const visit = { cookie: undefined, browser: 'Chrome 156' }

interface Options {
  provider?: IdentityProvider
  ledger?: IdentityDeps['ledger']
}

/** The identity rooms as the backend wires them, on an empty database and a clock that stands still until it is moved. */
export async function buildTestApp({ provider, ledger }: Options = {}) {
  const { database, dir, file, close } = await testDatabase()
  onTestFinished(close)
  const clock = { at: Date.UTC(2026, 10, 21), now: () => clock.at }
  const policy = { version: '2026-11-21' }
  const counted = countWrites(database)
  const vault = createVault(randomBytes(32))
  const identity = createIdentity({
    database: counted,
    ledger: ledger ?? createLedger(clock),
    vault,
    secrets: { subjects: randomBytes(32), tokens: randomBytes(32) },
    freeCredits,
    policyVersion: () => policy.version,
    now: clock.now,
  })
  const revoked: Revoked[] = []
  identity.onRevoked(event => revoked.push(event))

  const log = watchedLog()
  const app = Fastify({
    logger: { ...logOptions('debug'), stream: { write: line => void log.push(line) } },
    logController: new LogController({ disableRequestLogging: true }),
    ...schemaOptions,
  })
  onTestFinished(() => app.close())
  registerHeaders(app, { https: false })
  registerProblems(app)
  registerJsonBodies(app)
  registerAccessLog(app)
  await app.register(cookie)
  registerAccess(app, {
    token: identity.authenticateToken,
    session: request => identity.authenticateSession(request.cookies[sessionCookie]),
    refusal: identity.refusal,
  })
  await app.register(authRoutes({ identity }))
  await app.register(
    webRoutes({
      identity,
      provider:
        provider ?? createEmbeddedProvider({ mode: 'development', dataDir: dir, vault, origin, now: clock.now }),
      site: createSite({ origin, extensionIds: [extensionId], secret: randomBytes(32) }),
      secret: randomBytes(32),
      now: clock.now,
    }),
  )
  await app.ready()
  return { app, log, identity, database, clock, policy, revoked, dir, file, writes: counted.writes }
}

export type TestApp = Awaited<ReturnType<typeof buildTestApp>>

function countWrites(database: Database) {
  const writes = { count: 0 }
  return {
    writes,
    read: database.read,
    close: () => database.close(),
    write<T>(body: Parameters<typeof database.write<T>>[0]): Promise<T> {
      writes.count++
      return database.write(body)
    },
  }
}

/** Every row of the tables of identity and credits, to see whether something changed. */
export async function snapshot({ read }: Database): Promise<string> {
  const tables = [
    ...(['person', 'person_key', 'consent', 'person_pause'] as const),
    ...(['web_session', 'handoff_code', 'token_family', 'token', 'account'] as const),
  ]
  return JSON.stringify(await Promise.all(tables.map(table => read.selectFrom(table).selectAll().execute())))
}
