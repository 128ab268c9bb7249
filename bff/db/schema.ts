/**
 * The tables as Kysely sees them. Ids are UUIDv7 text, times integer milliseconds UTC, credits whole numbers.
 * `Sealed` columns hold AES-256-GCM text under the person's own data key (privacy/vault.ts).
 */
import type { Generated } from 'kysely'
import type { JobState } from '../contract/generations.ts'
import type { JobKind } from '../contract/models.ts'
import type { ProblemCode } from '../contract/problems.ts'

type Sealed = Uint8Array

// identity
export interface PersonTable {
  id: string
  /** HMAC of the identity provider's subject under the server's secret; never the subject itself. */
  subject_hash: string
  email: Sealed
  name: Sealed
  /** Chosen by the person; null = the provider's name. */
  display_name: Sealed | null
  created_at: number
}
/** The person's data key, wrapped by the master key; destroying the row makes everything of the person unreadable. */
export interface PersonKeyTable {
  person_id: string
  wrapped_key: Uint8Array
}
export interface WebSessionTable {
  id_hash: string
  person_id: string
  created_at: number
  seen_at: number
  expires_at: number
  /** Family and major version, such as "Chrome 156"; null when it did not say. */
  browser: string | null
}
/** One-time code that hands a sign-in to the extension. */
export interface HandoffCodeTable {
  code_hash: string
  person_id: string
  challenge: string
  expires_at: number
  used_at: number | null
  /** The family this code gave; revoked when the code is replayed. */
  family_id: string | null
}
/** One signed-in extension; all its tokens descend from one handoff. */
export interface TokenFamilyTable {
  id: string
  person_id: string
  created_at: number
  seen_at: number
  expires_at: number
  revoked_at: number | null
  browser: string | null
}
export interface TokenTable {
  token_hash: string
  family_id: string
  kind: 'access' | 'refresh'
  expires_at: number
  /** Refresh tokens: when it was exchanged for its successor. */
  used_at: number | null
}

/** What the person answered, to which version of the policy. The newest row of a kind counts; none is ever changed. */
export interface ConsentTable {
  seq: Generated<number>
  person_id: string
  kind: 'age' | 'makers'
  answer: 'adult' | 'with_parent' | 'under_13' | 'yes' | 'no'
  version: string
  at: number
}
/** While there is a row, the person can look and leave, and nothing else. */
export interface PersonPauseTable {
  person_id: string
  paused_by: 'person' | 'operator'
  at: number
}

// credits
export type AccountKind = 'paid' | 'free' | 'debt' | 'sales' | 'promo' | 'revenue' | 'forfeit'
export interface AccountTable {
  id: string
  /** null = one of the system's accounts. */
  person_id: string | null
  kind: AccountKind
  posted: number
  pending: number
}
/** Each outside fact that moves credits, once (primary key). */
export interface MoneyEventTable {
  ref: string
  kind: 'free_grant' | 'purchase' | 'refund' | 'dispute'
  person_id: string | null
  credits: number
  at: number
  /** Of what a payment gave, took back or gave back. */
  purchase_id: string | null
}
export interface TransferTable {
  id: string
  /** settle: freed paid credits pay a debt. */
  kind: 'grant' | 'hold' | 'post' | 'void' | 'settle' | 'correction'
  debit: string
  credit: string
  amount: number
  job_id: string | null
  pending_id: string | null
  event_ref: string | null
  at: number
}
/** Free credits once per person, kept 90 days after deletion. */
export interface FreeGrantTable {
  subject_hash: string
  at: number
}
export interface ProviderCostTable {
  job_id: string
  provider: string
  micro_usd: number
  outcome: 'spent' | 'loss'
  at: number
}

// billing
/** One press on "buy": what was offered, and what the payment service calls it. Nothing about the payer. */
export interface PurchaseTable {
  id: string
  person_id: string
  pack: string
  currency: 'usd' | 'jpy'
  /** In the currency's smallest unit: cents, yen. */
  amount_minor: number
  credits: number
  checkout_session: string | null
  payment_intent: string | null
  /** new: the payment service has not answered yet. pending: ordered, the money is on its way. */
  status: 'new' | 'open' | 'pending' | 'failed' | 'expired' | 'paid'
  created_at: number
  expires_at: number
  paid_at: number | null
}
/**
 * What is known about money that went back, kept apart from the order in which it was heard. A charge is the sum of its
 * refunds; a request is our own wish to refund, from the press on.
 */
export interface PaymentFactTable {
  ref: string
  payment_intent: string
  kind: 'charge' | 'refund' | 'request' | 'dispute'
  state: 'made' | 'failed' | 'opened' | 'withdrawn' | 'reinstated'
  amount_minor: number
  at: number
}
/** Up to when the payment service's list of events was read. */
export interface PaymentSweepTable {
  id: 1
  until: number
}
/** The person's own limits in credits; null: none. */
export interface SpendingLimitTable {
  person_id: string
  per_day: number | null
  per_month: number | null
  ask_above: number | null
}

// generations
export interface JobTable {
  id: string
  person_id: string
  idem: string
  /** HMAC of the request under the person's data key: tells a replay from a reused key without keeping the source's hash. */
  body_hash: string
  kind: JobKind
  provider: string
  model: string
  prompt: Sealed
  /** Words to keep out. */
  negative: Sealed
  /** JSON of ChosenOptions. */
  options: string
  source_count: number
  width: number
  height: number
  price: number
  state: JobState
  problem: ProblemCode | null
  /** JSON of what the problem's sentence needs. */
  problem_params: string | null
  /** What it took in the end; null while it is open. */
  charged: number | null
  /** A queue's name for the job: the adapter finds it again by this. */
  request_id: string | null
  /** How often it was handed to its provider and not accepted. */
  refusals: number
  /** JSON of a Reading, which has no file. */
  answer: Sealed | null
  not_before: number | null
  verdict_until: number | null
  created_at: number
  started_at: number | null
  ended_at: number | null
}
/** Names of the sealed results in the blob store, in the provider's order; written on the way to storing, and never changed. */
export interface JobFileTable {
  job_id: string
  position: number
  file_hash: string
}
export interface EventTable {
  seq: Generated<number>
  person_id: string
  job_id: string
  state: JobState
  at: number
}

// library
export interface PictureTable {
  id: string
  job_id: string
  /** Its place among the results of the job. */
  position: number
  person_id: string
  file_hash: string
  thumbnail_hash: string
  mime: string
  width: number
  height: number
  bytes: number
  favourite: 0 | 1
  created_at: number
  /** Set by delete; the row and its files go when the undo window has passed. */
  deleted_at: number | null
}

export interface Schema {
  person: PersonTable
  person_key: PersonKeyTable
  web_session: WebSessionTable
  handoff_code: HandoffCodeTable
  token_family: TokenFamilyTable
  token: TokenTable
  consent: ConsentTable
  person_pause: PersonPauseTable
  account: AccountTable
  money_event: MoneyEventTable
  transfer: TransferTable
  free_grant: FreeGrantTable
  provider_cost: ProviderCostTable
  purchase: PurchaseTable
  payment_fact: PaymentFactTable
  payment_sweep: PaymentSweepTable
  spending_limit: SpendingLimitTable
  job: JobTable
  job_file: JobFileTable
  event: EventTable
  picture: PictureTable
}
