import { describe, expect, test } from 'vitest'
import { readConfig } from '../../config/config.ts'
import { stopTimers } from '../../test/stop-timers.ts'
import { until } from '../../test/until.ts'
import { wholeApp } from '../../test/whole-app.ts'
import { type Fault, startBrokenServer } from './test/broken-server.ts'
import { appWith, client, startIssuer } from './test/issuer.ts'

/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:1'

/** What ends only when we end it; everything else is an answer, and needs no time to pass. */
const endless: (Fault | 'down')[] = ['silent', 'stops half way', 'drips']
const faults: (Fault | 'down')[] = [...endless, 'down', 'endless', 'huge', '500', 'not JSON', 'redirect', 'empty']

/** The callback of a sign-in whose provider has this fault at this address, answered before five seconds have passed. */
async function signInThrough(broken: 'tokenUrl' | 'keysUrl', fault: Fault | 'down') {
  const issuer = await startIssuer()
  const wrong = fault === 'down' ? { url: nowhere, asked: [] } : await startBrokenServer(fault)
  const settings = { ...issuer.settings, [broken]: `${wrong.url}/${broken}` }
  const { browser, start, approve, people } = await appWith(settings, {})
  const callback = await approve(await start('/account?x'))
  const { advance } = stopTimers()
  const answered = browser.get(callback)
  if (endless.includes(fault)) {
    await until(() => wrong.asked.length > 0)
    advance(4_999)
  }
  const answer = await answered
  const cookies = [...browser.cookies.keys()]
  return { answer, cookies, asked: wrong.asked, people: await people() }
}

const production = {
  NODE_ENV: 'production',
  ORIGIN: 'https://mimicit.example.test',
  EXTENSION_IDS: 'a'.repeat(32),
  MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  GOOGLE_CLIENT_ID: client.clientId,
  GOOGLE_CLIENT_SECRET: client.clientSecret,
}

describe('[C10] Google that does not answer', () => {
  test.each(faults)('tokens: %s → a friendly 503 in time, asked once, and the attempt can go on', async fault => {
    const { answer, cookies, asked, people } = await signInThrough('tokenUrl', fault)
    expect([answer.statusCode, answer.body]).toEqual([503, expect.stringContaining('Not available for a moment')])
    expect(answer.body).toContain('href="/sign-in?next=%2Faccount%3Fx"')
    expect(cookies).toEqual([expect.stringContaining('__Host-mimicit-sign-in-')])
    expect(asked.length).toBeLessThanOrEqual(1)
    expect(people).toEqual([])
  })

  test.each(faults)('keys: %s → a friendly 503 in time, and the attempt can go on', async fault => {
    const { answer, cookies, asked, people } = await signInThrough('keysUrl', fault)
    expect(answer.statusCode).toBe(503)
    expect(cookies).toHaveLength(1)
    expect(asked.length).toBeLessThanOrEqual(1)
    expect(people).toEqual([])
  })

  test('once Google is well again the same attempt ends signed in', async () => {
    const issuer = await startIssuer()
    const { browser, start, approve, sessions } = await appWith(issuer.settings)
    const authorizeUrl = await start()
    issuer.onToken(answer => {
      answer.statusCode = 500
    })
    expect((await browser.get(await approve(authorizeUrl))).statusCode).toBe(503)
    await browser.answer(await browser.get(await approve(authorizeUrl)))
    expect(await sessions()).toHaveLength(1)
  })

  test('production starts with Google unreachable, and sends people to Google', async () => {
    const down = { GOOGLE_TOKEN_URL: 'https://127.0.0.1:1', GOOGLE_KEYS_URL: 'https://127.0.0.1:1' }
    const { app } = await wholeApp({ env: { ...production, ...down } })
    expect((await app.inject('/health')).json()).toMatchObject({ ok: true })
    const { headers, statusCode } = await app.inject('/sign-in')
    expect(statusCode).toBe(303)
    const url = new URL(headers.location!)
    expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      prompt: 'select_account',
      redirect_uri: 'https://mimicit.example.test/sign-in/callback',
      scope: 'openid email profile',
    })
    expect((await app.inject('/embedded-accounts/authorize')).statusCode).toBe(404)
    expect((await app.inject('/docs')).statusCode).toBe(404)
  })
})

test('production refuses to start without Google, and with half of it or without https', () => {
  for (const name of ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET']) {
    expect(() => readConfig({ ...production, [name]: undefined })).toThrow(`${name} must be set in production.`)
    expect(() => readConfig({ [name]: 'x' })).toThrow('belong together')
  }
  for (const name of ['GOOGLE_ISSUER', 'GOOGLE_AUTHORIZE_URL', 'GOOGLE_TOKEN_URL', 'GOOGLE_KEYS_URL'])
    expect(() => readConfig({ ...production, [name]: 'http://localhost:1' })).toThrow(`${name} must be https`)
})
