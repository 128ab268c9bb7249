import type { AddressInfo } from 'node:net'
import { type MutableResponse, type MutableToken, OAuth2Server } from 'oauth2-mock-server'
import { onTestFinished } from 'vitest'
import { hangsMs } from '../../../test/web-client.ts'
import { buildTestApp, origin } from '../../test/app.ts'
import { createBrowser } from '../../test/browser.ts'
import { createGoogleProvider, type GoogleSettings } from '../provider.ts'

export const client = { clientId: 'mimicit-test', clientSecret: 'not-a-secret' }
export const ada = { sub: '1001', email: 'ada@example.test', email_verified: true, name: 'Ada' }

/** An issuer that approves without a page, and that can be made to lie. */
export async function startIssuer() {
  const server = new OAuth2Server()
  await server.issuer.keys.generate('RS256')
  await server.start(0, '127.0.0.1')
  onTestFinished(() => (server.listening ? server.stop() : undefined))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.issuer.url = url

  /** What it says about people; a test changes it. */
  const says: { claims: Record<string, unknown>; header: Record<string, unknown> } = { claims: ada, header: {} }
  server.service.on('beforeTokenSigning', (token: MutableToken) => {
    Object.assign(token.payload, says.claims)
    Object.assign(token.header, says.header)
  })
  const settings: GoogleSettings = {
    ...client,
    issuer: url,
    authorizeUrl: `${url}/authorize`,
    tokenUrl: `${url}/token`,
    keysUrl: `${url}/jwks`,
  }
  return {
    server,
    says,
    settings,
    /** Changes the answer to the next code. */
    onToken: (change: (answer: MutableResponse) => void) => void server.service.once('beforeResponse', change),
  }
}

/** Our pages with this issuer in Google's place; waited for however long the machine takes, or `{}`: as usual. */
export async function appWith(settings: GoogleSettings, patience: { patienceMs?: number } = { patienceMs: hangsMs }) {
  const app = await buildTestApp({
    provider: createGoogleProvider({ google: settings, origin, now: Date.now, ...patience }),
  })
  const browser = createBrowser(app)
  /** Where the issuer sends the browser back to. */
  const approve = async (authorizeUrl: string) => {
    const answer = await fetch(authorizeUrl, { redirect: 'manual' })
    return answer.headers.get('location') ?? `no redirect, but ${answer.status}: ${await answer.text()}`
  }
  const start = async (next = '/account') =>
    (await browser.get(`/sign-in?${new URLSearchParams({ next })}`)).headers.location as string
  return {
    ...app,
    browser,
    start,
    approve,
    /** Signs in, answering the questions where they are asked; answers the last redirect. */
    signIn: async (next?: string) => browser.answer(await browser.get(await approve(await start(next)))),
    people: () => app.database.read.selectFrom('person').select('id').execute(),
    sessions: () => app.database.read.selectFrom('web_session').select('id_hash').execute(),
  }
}
