import { createHash, randomBytes } from 'node:crypto'
import { developmentExtensionId } from '../config/config.ts'
import type { Tokens } from '../contract/identity.ts'
import { createWebClient, hangsMs } from './web-client.ts'

/** The whole handoff as the extension and a browser do it together, against a listening backend. */
export async function signIn(origin: string, account: { name: string; email: string }): Promise<Tokens> {
  const web = createWebClient(origin)
  const verifier = randomBytes(32).toString('base64url')
  const asked = new URLSearchParams({
    state: randomBytes(32).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    extension_id: developmentExtensionId,
  })
  const accounts = await web.get(`/extension/connect?${asked}`)
  const known = accounts.html.includes(account.email)
  const signedIn = known
    ? await web.submit(accounts, account.email)
    : await web.submit(accounts, 'name="email"', account)
  const question = signedIn.html.includes('name="age"')
    ? await web.submit(signedIn, 'name="age"', { age: 'adult', makers: 'yes' })
    : signedIn
  const handoff = await web.submit(question, 'form_token')
  const code = /data-code="([^"]+)"/.exec(handoff.html)?.[1]
  const answer = await fetch(`${origin}/v1/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant: 'code', code, verifier }),
    signal: AbortSignal.timeout(hangsMs),
  })
  if (!answer.ok) throw new Error(`The code was not exchanged: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Tokens
}
