import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'

/** Objects as Stripe answers them, complete by its own types; what a payment page would fill in is filled in. */
const id = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 24)}`
const seconds = (now: number) => Math.floor(now / 1000)

/** What a payer leaves at Stripe. Nothing of it may ever be found with us. */
export const payer = { email: 'payer-canary@example.test', name: 'Canary Payer', last4: '4242', postcode: '100-0001' }

/** The part of a form under a name: `metadata[a]=b` as { a: 'b' }. */
export function metadataIn(form: URLSearchParams, name: string): Record<string, string> {
  const inside = [...form].filter(([key]) => key.startsWith(`${name}[`))
  return Object.fromEntries(inside.map(([key, value]) => [key.slice(name.length + 1, -1), value]))
}

/** As the parameters of `checkout.sessions.create` ask for it, form-encoded. */
export function newSession(form: URLSearchParams, now: number): Stripe.Checkout.Session {
  const sessionId = id('cs_test')
  const price = 'line_items[0][price_data]'
  const amount = Number(form.get(`${price}[unit_amount]`))
  const currency = form.get(`${price}[currency]`)!
  return {
    id: sessionId,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: null,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: form.get('cancel_url'),
    client_reference_id: form.get('client_reference_id'),
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: seconds(now),
    currency: currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: null,
    customer_account: null,
    customer_creation: 'if_required',
    customer_details: null,
    customer_email: null,
    discounts: [],
    expires_at: Number(form.get('expires_at') ?? seconds(now) + 24 * 3600),
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: form.get('locale') as Stripe.Checkout.Session.Locale,
    managed_payments: null,
    metadata: metadataIn(form, 'metadata'),
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: currency === 'jpy' ? ['card', 'konbini'] : ['card'],
    payment_status: 'unpaid',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: form.get('success_url'),
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `https://checkout.stripe.test/pay/${sessionId}`,
    wallet_options: null,
  }
}

const address = { city: null, country: 'JP', line1: null, line2: null, postal_code: payer.postcode, state: null }

/** A session somebody went through: their address stays with it. */
export const payerOf = (): Stripe.Checkout.Session.CustomerDetails => ({
  address,
  business_name: null,
  email: payer.email,
  individual_name: null,
  name: payer.name,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
})

export function newCharge(
  session: Stripe.Checkout.Session,
  metadata: Record<string, string>,
  now: number,
): Stripe.Charge {
  const chargeId = id('ch')
  return {
    id: chargeId,
    object: 'charge',
    amount: session.amount_total!,
    amount_captured: session.amount_total!,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: id('txn'),
    billing_details: { address, email: payer.email, name: payer.name, phone: null, tax_id: null },
    calculated_statement_descriptor: 'MIMICIT',
    captured: true,
    created: seconds(now),
    currency: session.currency!,
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata,
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_intent: session.payment_intent as string,
    payment_method: id('pm'),
    payment_method_details: null,
    receipt_email: payer.email,
    receipt_number: null,
    receipt_url: `https://pay.stripe.test/receipts/${chargeId}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  }
}

export function newRefund(
  charge: Stripe.Charge,
  amount: number,
  metadata: Record<string, string>,
  now: number,
): Stripe.Refund {
  return {
    id: id('re'),
    object: 'refund',
    amount,
    balance_transaction: id('txn'),
    charge: charge.id,
    created: seconds(now),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: 'requested_by_customer',
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
}

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
  enhanced_evidence: {},
}

export function newDispute(charge: Stripe.Charge, amount: number, now: number): Stripe.Dispute {
  return {
    id: id('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: seconds(now),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: null,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status: 'needs_response',
  }
}

export function newIntent(
  session: Stripe.Checkout.Session,
  charge: Stripe.Charge | null,
  metadata: Record<string, string>,
) {
  return {
    id: session.payment_intent,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total,
    amount_capturable: 0,
    amount_received: charge ? session.amount_total : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: null,
    confirmation_method: 'automatic',
    created: session.created,
    currency: session.currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: charge,
    livemode: false,
    managed_payments: null,
    metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: charge?.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: charge ? 'succeeded' : 'processing',
    transfer_group: null,
  } as unknown as Stripe.PaymentIntent
}

export function newEvent(type: string, object: object, now: number): Stripe.Event {
  return {
    id: id('evt'),
    object: 'event',
    api_version: '2026-10-28.endive',
    created: seconds(now),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  } as Stripe.Event
}

export const newIntentId = () => id('pi')
