import { createHash, randomBytes } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { onTestFinished } from 'vitest'
import { type BuildOptions, build } from '../app/app.ts'
import { developmentExtensionId, readConfig } from '../config/config.ts'
import type { Tokens } from '../contract/identity.ts'
import { createBrowser, fieldOf } from '../identity/test/browser.ts'
import { openProviders } from '../providers/index.ts'
import { copyMigrated } from './database.ts'
import { watchedLog } from './watched-log.ts'

interface Options extends Partial<Omit<BuildOptions, 'config' | 'logTo'>> {
  env?: Record<string, string>
  /** An earlier app's folder; left out: a new one, removed when the test ends. */
  dataDir?: string
}

/** The backend as main.ts starts it, on a folder of its own, without listening. */
export async function wholeApp({ env, dataDir = newFolder(), ...options }: Options = {}) {
  const file = join(dataDir, 'mimicit.db')
  if (!existsSync(file)) await copyMigrated(file)
  const config = readConfig({ DATA_DIR: dataDir, RATE_PER_MINUTE: '1000000', LOG_LEVEL: 'debug', ...env })
  const log = watchedLog()
  const routes: RouteOptions[] = []
  // Fastify announces each new instance, so that its routes can be seen from outside.
  const watchRoutes = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', route => void routes.push(route))
  }
  subscribe('fastify.initialization', watchRoutes)
  const { providers = openProviders({ ...env }, config.mode) } = options
  // A job that a test leaves open is not waited for.
  const { stopGraceMs = 0 } = options
  const app = await build({
    ...options,
    config,
    providers,
    stopGraceMs,
    logTo: { write: line => void log.push(line) },
  }).finally(() => unsubscribe('fastify.initialization', watchRoutes))
  onTestFinished(() => app.close())
  return { app, config, log, routes, file }
}

export function newFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mimicit-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** The whole handoff: a new local account signs in on the web, and gives its sign-in to the extension. */
export async function signIn(app: FastifyInstance, account: { name: string; email: string }) {
  const browser = createBrowser({ app })
  await browser.signIn(account)
  const verifier = randomBytes(32).toString('base64url')
  const asked = {
    state: randomBytes(32).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    extension_id: developmentExtensionId,
  }
  const question = await browser.get(`/extension/connect?${new URLSearchParams(asked)}`)
  const form = { ...asked, form_token: fieldOf(question.body, 'form_token') }
  const handoff = await browser.post('/extension/connect', form)
  const code = /data-code="([^"]+)"/.exec(handoff.body)?.[1]
  const payload = { grant: 'code', code, verifier }
  const tokens = (await app.inject({ method: 'POST', url: '/v1/auth/token', payload })).json<Tokens>()
  return { browser, tokens, asked, code, verifier, headers: { authorization: `Bearer ${tokens.accessToken}` } }
}
