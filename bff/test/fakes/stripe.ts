import type { FastifyReply, FastifyRequest } from 'fastify'
import type Stripe from 'stripe'
import StripeClient from 'stripe'
import { openContract } from './contracts.ts'
import { type SeenRequest, startFake } from './server.ts'
import { createBank } from './stripe-bank.ts'
import { metadataIn, newIntent, newSession } from './stripe-objects.ts'

interface Options {
  secretKey?: string
  webhookSecret?: string
  now?: () => number
}

/** Hears a notification; answers the HTTP status. */
export type Deliver = (body: string, signature: string) => Promise<number>

interface Answer {
  status: number
  body: unknown
}

const refusal = (message: string, code?: string, status = 400): Answer => ({
  status,
  body: { error: { type: 'invalid_request_error', message, ...(code && { code }) } },
})
const missing = (what: string) => refusal(`No such ${what}`, 'resource_missing', 404)
const ok = (body: unknown): Answer => ({ status: 200, body })

/**
 * Stripe over the wire, as far as we use it: API keys, idempotency, errors in its own shape, checkout pages, refunds,
 * disputes, the list of events, and notifications that are signed and sent again until they are answered with 2xx.
 */
export async function startFakeStripe(options: Options = {}) {
  const { secretKey = 'sk_test_fake', webhookSecret = 'whsec_fake', now = Date.now } = options
  const bank = createBank(now)
  const objects = openContract('stripe-objects.schema.json')
  const parameters = openContract('stripe-checkout-session-create.schema.json')
  const violations: string[] = []
  const answers = new Map<string, Answer & { asked: string }>()
  let told = 0
  let unheard: Stripe.Event[] = []

  const judge = (contract: typeof objects, name: string, value: unknown) =>
    violations.push(...(contract?.(`#/definitions/${name}`, value) ?? []))

  /** API key and idempotency, as before every call of Stripe. */
  async function answer(reply: FastifyReply, request: SeenRequest, work: (form: Form) => Answer) {
    const send = ({ status, body }: Answer) => reply.code(status).send(structuredClone(body))
    if (request.headers.authorization !== `Bearer ${secretKey}`)
      return send({
        status: 401,
        body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } },
      })
    const key = request.method === 'POST' ? (request.headers['idempotency-key'] as string | undefined) : undefined
    const asked = request.path + request.body.toString()
    const earlier = key && answers.get(key)
    if (earlier && earlier.asked !== asked)
      return send({
        status: 400,
        body: { error: { type: 'idempotency_error', message: 'The key was used otherwise.' } },
      })
    if (earlier) return send(earlier)
    const text = request.method === 'POST' ? request.body.toString() : (request.path.split('?')[1] ?? '')
    const done = work(new URLSearchParams(text))
    if (key) answers.set(key, { ...structuredClone(done), asked })
    return send(done)
  }

  function createSession(form: Form): Answer {
    const wrong = wrongIn(form, now())
    if (wrong) return refusal(wrong)
    judge(parameters, 'X_CheckoutSessionCreateParams', nested(form))
    const session = newSession(form, now())
    judge(objects, 'X_CheckoutSession', session)
    return ok(bank.open(session, metadataIn(form, 'payment_intent_data[metadata]')))
  }

  function createRefund(form: Form): Answer {
    judge(parameters, 'X_RefundCreateParams', nested(form))
    const payment = bank.byIntent(form.get('payment_intent'))
    if (!payment?.charge) return missing('payment_intent')
    const left = payment.charge.amount - payment.charge.amount_refunded
    const amount = Number(form.get('amount') ?? left)
    if (left === 0) return refusal('Charge has already been refunded.', 'charge_already_refunded')
    if (amount > left) return refusal('Refund amount is greater than unrefunded amount on charge.')
    return ok(bank.refund(payment.session.id, amount, metadataIn(form, 'metadata')))
  }

  function listEvents(form: Form): Answer {
    const types = [...form].filter(([name]) => name.startsWith('types[')).map(([, type]) => type)
    const since = Number(form.get('created[gte]') ?? 0)
    const fitting = bank.events.filter(event => event.created >= since && types.includes(event.type)).toReversed()
    const limit = Number(form.get('limit') ?? 10)
    const from = fitting.findIndex(({ id }) => id === form.get('starting_after')) + 1
    const data = fitting.slice(from, from + limit)
    return ok({ object: 'list', url: '/v1/events', has_more: from + limit < fitting.length, data })
  }

  const judgedKinds: Record<string, string> = {
    'checkout.session': 'X_CheckoutSession',
    charge: 'X_Charge',
    refund: 'X_Refund',
    dispute: 'X_Dispute',
  }

  const fake = await startFake(app => {
    const seen = (request: Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'body'>): SeenRequest => ({
      method: request.method,
      path: request.url,
      headers: request.headers,
      body: (request.body as Buffer | undefined) ?? Buffer.alloc(0),
    })
    app.post('/v1/checkout/sessions', (request, reply) => answer(reply, seen(request), createSession))
    app.get<{ Params: { id: string } }>('/v1/checkout/sessions/:id', (request, reply) =>
      answer(reply, seen(request), () => {
        const payment = bank.payments.get(request.params.id)
        return payment ? ok(payment.session) : missing('checkout.session')
      }),
    )
    app.post('/v1/refunds', (request, reply) => answer(reply, seen(request), createRefund))
    app.get<{ Params: { id: string } }>('/v1/payment_intents/:id', (request, reply) =>
      answer(reply, seen(request), () => {
        const payment = bank.byIntent(request.params.id)
        if (!payment) return missing('payment_intent')
        const intent = newIntent(payment.session, payment.charge, payment.intentMetadata)
        judge(objects, 'X_PaymentIntent', { ...intent, latest_charge: payment.charge?.id ?? null })
        return ok(intent)
      }),
    )
    app.get('/v1/events', (request, reply) => answer(reply, seen(request), listEvents))
  })

  const sign = (body: string, change: { timestamp?: number; secret?: string } = {}) =>
    StripeClient.webhooks.generateTestHeaderString({
      payload: body,
      secret: webhookSecret,
      timestamp: Math.floor(now() / 1000),
      ...change,
    })

  return {
    ...fake,
    ...bank,
    secretKey,
    webhookSecret,
    /** What broke the contract; empty, or the test fails. Without CONTRACTS_DIR nothing is judged by it. */
    violations,
    sign,
    send(event: Stripe.Event, deliver: Deliver): Promise<number> {
      const body = JSON.stringify(event)
      return deliver(body, sign(body))
    },
    /** Sends what has happened and was not heard yet; what is not answered with 2xx comes again with the next flush. */
    async flush(deliver: Deliver): Promise<number> {
      const waiting = [...unheard, ...bank.events.slice(told)]
      told = bank.events.length
      unheard = []
      for (const event of waiting) {
        const { object } = event.data as { object: { object: string } }
        judge(objects, judgedKinds[object.object]!, object)
        const body = JSON.stringify(event)
        const status = await deliver(body, sign(body)).catch(() => 0)
        if (status < 200 || status > 299) unheard.push(event)
      }
      return unheard.length
    },
    /** What has happened and was not heard yet is lost for good. */
    lose() {
      told = bank.events.length
      unheard = []
    },
  }
}

type Form = URLSearchParams

function wrongIn(form: Form, now: number): string | null {
  const price = 'line_items[0][price_data]'
  const expiresIn = Number(form.get('expires_at') ?? now / 1000 + 3600) - now / 1000
  if ([...form.keys()].some(name => name.startsWith('payment_method_types')))
    return 'Received unknown parameter: payment_method_types'
  if (form.get('mode') !== 'payment') return 'Invalid mode'
  if (!form.get(`${price}[product_data][name]`)) return 'Missing required param: product_data[name].'
  if (!/^[a-z]{3}$/.test(form.get(`${price}[currency]`) ?? '')) return 'Invalid currency'
  if (!(Number(form.get(`${price}[unit_amount]`)) >= 50)) return 'The amount is below the minimum.'
  if (!form.get('success_url')) return 'Missing required param: success_url.'
  if (expiresIn < 30 * 60 - 1 || expiresIn > 24 * 3600 + 1)
    return 'expires_at must be from 30 minutes to 24 hours away.'
  return null
}

type Nested = { [name: string]: Nested | unknown }

/** A form as the parameters it was made of: `a[b][0]=1` as { a: { b: [1] } }. */
function nested(form: Form): Nested {
  const root: Nested = {}
  for (const [path, text] of form) {
    const names = path.split(/\[|\]\[|\]/).filter(Boolean)
    let place = root
    names.forEach((name, index) => {
      const next = names[index + 1]
      if (next === undefined) place[name] = scalar(text)
      else {
        place[name] ??= /^\d+$/.test(next) ? [] : {}
        place = place[name] as Nested
      }
    })
  }
  return root
}

const scalar = (text: string) =>
  text === 'true' ? true : text === 'false' ? false : /^\d+$/.test(text) ? Number(text) : text
