/**
 * The second half of `npm run test:crash`: kills the real backend (SIGKILL) while people buy, spend and get their money
 * back through a Stripe on this machine. At the end Stripe's side and ours must agree, to the credit.
 *
 *   KILLS=40 SEED=7 node bff/test/crash/payments.ts
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import sharp from 'sharp'
import { freePort } from '../../../scripts/ports.ts'
import { type Deliver, startFakeStripe } from '../fakes/stripe.ts'
import type { Payment } from '../fakes/stripe-bank.ts'
import { seededRandom } from '../random.ts'
import { until } from '../until.ts'
import { hangsMs } from '../web-client.ts'
import { inspect } from './inspect.ts'
import { startLoad, type Told } from './load.ts'
import { pause, startVictim, untilDone } from './victim.ts'

const kills = Number(process.env.KILLS ?? 12)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const random = seededRandom(seed)
const chance = (share: number) => random() < share

const dataDir = mkdtempSync(join(tmpdir(), 'mimicit-payments-'))
const file = join(dataDir, 'mimicit.db')
const stripe = await startFakeStripe()
const env = {
  PORT: String(await freePort()),
  DATA_DIR: dataDir,
  FREE_CREDITS: '1000',
  RATE_PER_MINUTE: '10000000',
  LOCAL_THREADS: '1',
  LOG_LEVEL: 'fatal',
  STRIPE_SECRET_KEY: stripe.secretKey,
  STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  STRIPE_API_BASE: stripe.url,
}
const picture = new Uint8Array(
  await sharp({ create: { width: 48, height: 32, channels: 3, background: '#2d4a8a' } })
    .png()
    .toBuffer(),
)
const told: Told = { jobs: new Map(), done: new Map(), answers: 0 }
const problems: string[] = []

console.log(`payments under kills: ${kills} kills, seed ${seed}`)
const backend = await startVictim(env)

const deliver: Deliver = async (body, signature) => {
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
  const init = { method: 'POST', headers, body, signal: AbortSignal.timeout(hangsMs) }
  return (await fetch(`${backend.origin}/v1/webhooks/stripe`, init)).status
}

for (let kill = 1; kill <= kills; kill++) {
  const accessToken = await backend.accessToken()
  const load = startLoad(backend.origin, accessToken, picture, told, 1)
  const shoppers = startShoppers(3, accessToken)
  const events = stripe.events.length + 1 + Math.floor(random() * 12)
  await untilDone(() => stripe.events.length >= events)
  await pause(random() * 60)
  await backend.kill()
  await Promise.all([load.stop(), shoppers.stop()])
  // Some notifications never come again: the sweep at the start has to find them.
  if (chance(0.3)) stripe.lose()
  await backend.restart()
  problems.push(...inspect(dataDir, file).map(text => `kill ${kill}: ${text}`))
}

await stripe.flush(deliver)
// The sweep at the start may still be under way. If it does not find what is missing, it is said below.
await until(() => disagreements().length === 0).catch(() => {})
await backend.stop()
problems.push(...inspect(dataDir, file).map(text => `at the end: ${text}`), ...disagreements())
await stripe.close()

for (const problem of problems) console.error(problem)
const all = [...stripe.payments.values()]
const paid = all.filter(({ charge }) => charge).length
const refunds = all.flatMap(({ refunds }) => refunds).length
const disputes = all.flatMap(({ disputes }) => disputes).length
console.log(
  `${kills} kills, ${all.length} checkouts, ${paid} paid, ${refunds} refunds, ${disputes} disputes: ${problems.length} disagreements`,
)
if (problems.length > 0 || paid === 0)
  console.error(`The data folder is kept for a look: ${dataDir}. Repeat with SEED=${seed}.`)
else rmSync(dataDir, { recursive: true, force: true })
process.exitCode = problems.length > 0 || paid === 0 ? 1 : 0

/** People who buy, pay, give back, and banks that refund and dispute, until stopped. Failed requests are expected. */
function startShoppers(count: number, accessToken: string) {
  let running = true
  const call = (path: string, body?: object) =>
    fetch(backend.origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(hangsMs),
    }).catch(() => null)

  async function shop(): Promise<void> {
    await call('/v1/purchases', { pack: 's', currency: 'jpy', language: 'en' })
    for (const [session, payment] of stripe.payments) {
      if (payment.charge) await afterwards(session, payment)
      else before(session, payment.session.status)
    }
    await stripe.flush(deliver)
  }

  function before(session: string, status: Payment['session']['status']): void {
    const dice = random()
    if (status === 'complete') {
      if (dice < 0.3) stripe.konbiniPaid(session)
    } else if (status === 'open') {
      if (dice < 0.5) stripe.pay(session)
      else if (dice < 0.75) stripe.konbini(session)
      else if (dice < 0.85) stripe.expire(session)
    }
  }

  async function afterwards(session: string, { session: { client_reference_id: id }, charge, disputes }: Payment) {
    const dice = random()
    const [dispute] = disputes
    if (dice < 0.08) await call(`/v1/purchases/${id}/refund`)
    else if (dice < 0.13) {
      if (charge!.amount - charge!.amount_refunded > 100) stripe.refund(session, 1 + Math.floor(random() * 100))
    } else if (dice < 0.17) {
      if (!dispute) stripe.dispute(session)
    } else if (dice < 0.3 && dispute?.status === 'needs_response') settle(dispute)
  }

  const loops = Array.from({ length: count }, async () => {
    while (running) {
      await shop().catch(() => {})
      await pause(1)
    }
  })
  return {
    async stop() {
      running = false
      await Promise.all(loops)
    },
  }
}

function settle(dispute: Payment['disputes'][number]): void {
  if (chance(0.5)) stripe.winDispute(dispute)
  else stripe.loseDispute(dispute)
}

/** Purchases that Stripe and we see differently, by their money there and their credits here. */
function disagreements(): string[] {
  const database = new Sqlite(file, { readonly: true })
  try {
    const given = new Map(
      database
        .prepare<[], [string, number]>(
          `select purchase_id, sum(case transfer.credit when 'sales' then -amount else amount end)
          from money_event join transfer on event_ref = ref where purchase_id is not null group by purchase_id`,
        )
        .raw()
        .all(),
    )
    return [...stripe.payments.values()].flatMap(({ session, charge, refunds, disputes }) => {
      const total = (amounts: { amount: number }[]) => amounts.reduce((sum, { amount }) => sum + amount, 0)
      const back =
        total(refunds.filter(({ status }) => status !== 'failed')) +
        total(disputes.filter(({ status }) => status !== 'won'))
      const amount = session.amount_total!
      const expected = charge ? 500 - Math.floor((500 * Math.min(amount, back)) / amount) : 0
      const actual = given.get(session.client_reference_id!) ?? 0
      const twice =
        refunds.filter(({ metadata }) => metadata?.purchase).length > 1 ? [`${session.id} was refunded twice`] : []
      return actual === expected
        ? twice
        : [...twice, `${session.id}: ${actual} credits here, ${expected} by the money at Stripe`]
    })
  } finally {
    database.close()
  }
}
