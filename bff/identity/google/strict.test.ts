import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { expect, onTestFinished, test, vi } from 'vitest'
import { origin } from '../test/app.ts'
import { fieldOf } from '../test/browser.ts'
import { appWith, client } from './test/issuer.ts'

/** A certified OpenID provider that insists on everything; people approve without a page, or refuse. */
async function startStrictIssuer({ approves = true } = {}) {
  const server = createServer((request, answer) => handle(request, answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  // It warns that it keeps everything in memory, which is what a test wants.
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [`${origin}/sign-in/callback`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only for this test'] },
    pkce: { required: () => true },
    scopes: ['openid', 'email', 'profile'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    renderError: (context, { error }) => {
      context.body = error
    },
    interactions: { url: (_, { uid }) => `/approve/${uid}` },
    ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, email: 'grace@example.test', email_verified: true, name: 'Grace' }),
    }),
  })
  const errors: string[] = []
  provider.on('authorization.error', (_, error) => void errors.push(error.message))
  provider.on('grant.error', (_, error) => void errors.push(error.message))

  const pages = provider.callback()
  const handle: RequestListener = async (request, answer) => {
    if (!request.url?.startsWith('/approve/')) return pages(request, answer)
    const { prompt, params, grantId, session } = await provider.interactionDetails(request, answer)
    if (!approves) return provider.interactionFinished(request, answer, { error: 'access_denied' })
    if (prompt.name === 'login')
      return provider.interactionFinished(request, answer, { login: { accountId: 'grace-1' } })
    const grant =
      (grantId ? await provider.Grant.find(grantId) : undefined) ??
      new provider.Grant({ accountId: session!.accountId, clientId: String(params.client_id) })
    grant.addOIDCScope(String(params.scope))
    return provider.interactionFinished(request, answer, { consent: { grantId: await grant.save() } })
  }
  const settings = {
    ...client,
    issuer,
    authorizeUrl: `${issuer}/auth`,
    tokenUrl: `${issuer}/token`,
    keysUrl: `${issuer}/jwks`,
  }
  return { settings, errors }
}

/** Walks through the issuer's redirects with its cookies; answers the address it sends back to, or its last answer. */
async function walk(url: string): Promise<{ callback?: string; status: number; text: string }> {
  const cookies = new Map<string, string>()
  let next = url
  for (let step = 0; step < 10; step++) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const answer = await fetch(next, { redirect: 'manual', headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    if (!location) return { status: answer.status, text: await answer.text() }
    next = new URL(location, next).href
    if (next.startsWith(origin)) return { callback: next, status: answer.status, text: '' }
  }
  throw new Error(`Too many redirects: ${next}`)
}

test('a certified issuer that requires PKCE, an exact address and our secret signs people in', async () => {
  const { settings, errors } = await startStrictIssuer()
  const { browser, start, people } = await appWith(settings)
  const { callback } = await walk(await start('/account?strict'))
  const asked = await browser.get(callback!)
  expect(errors).toEqual([])
  const attempt = fieldOf((await browser.get(asked.headers.location as string)).body, 'attempt')
  const answer = await browser.post('/welcome', { attempt, age: 'adult', makers: 'yes' })
  expect(answer.headers.location).toBe('/account?strict')
  expect((await browser.get('/account')).body).toContain('grace@example.test')
  expect(await people()).toHaveLength(1)
})

test('saying no there is the same friendly page', async () => {
  const { settings } = await startStrictIssuer({ approves: false })
  const { browser, start } = await appWith(settings)
  const { callback } = await walk(await start())
  const answer = await browser.get(callback!)
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('Sign-in cancelled')])
})

test('[C4b] [C8] it refuses us without a challenge, with a plain one, and with any other address to return to', async () => {
  const { settings } = await startStrictIssuer()
  const { start } = await appWith(settings)
  const url = await start()
  const changed = (change: (query: URLSearchParams) => void) => {
    const other = new URL(url)
    change(other.searchParams)
    return walk(other.href)
  }
  for (const address of ['/sign-in/callback/', '/Sign-in/callback', '/sign-in/callbac']) {
    const { callback, status } = await changed(query => query.set('redirect_uri', origin + address))
    expect([address, callback, status]).toEqual([address, undefined, 400])
  }
  const withoutChallenge = await changed(query => query.delete('code_challenge'))
  expect(new URL(withoutChallenge.callback!).searchParams.get('error')).toBe('invalid_request')
  const plain = await changed(query => query.set('code_challenge_method', 'plain'))
  expect(new URL(plain.callback!).searchParams.get('error')).toBe('invalid_request')
})

test('[C4a] a code works once, and only with the verifier of its own attempt', async () => {
  const { settings, errors } = await startStrictIssuer()
  const { browser, start, people } = await appWith(settings)
  const mine = await walk(await start())
  const theirs = await walk(await start())
  const swapped = new URL(mine.callback!)
  swapped.searchParams.set('code', new URL(theirs.callback!).searchParams.get('code')!)
  expect((await browser.get(swapped.href)).statusCode).toBe(400)
  expect(errors).toEqual(['invalid_grant'])
  const cookies = [...browser.cookies]
  expect((await browser.get(mine.callback!)).statusCode).toBe(303)
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  expect((await browser.get(mine.callback!)).statusCode).toBe(400)
  expect(await people()).toEqual([])
})

test('a wrong secret is our own trouble: 503, and the operator hears of it', async () => {
  const { settings, errors } = await startStrictIssuer()
  const { browser, start, log } = await appWith({ ...settings, clientSecret: 'wrong' })
  const { callback } = await walk(await start())
  expect((await browser.get(callback!)).statusCode).toBe(503)
  expect(errors).toEqual(['invalid_client'])
  const heard = log.map(line => JSON.parse(line)).filter(({ level }) => level === 50)
  expect(heard).toEqual([
    expect.objectContaining({ reason: 'invalid_client', msg: expect.stringContaining('GOOGLE_') }),
  ])
})
