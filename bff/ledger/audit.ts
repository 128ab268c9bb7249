import { CompiledQuery } from 'kysely'
import type { Trx } from '../db/database.ts'

export interface Violation {
  invariant: string
  /** Which rows break it: random ids and numbers only. */
  detail: string
}

interface Check {
  invariant: string
  /** Answers one row per violation, its detail in `detail`. */
  sql: string
}

const ended = "('done', 'failed', 'unknown')"
const guards = [
  'transfer_no_update',
  'transfer_no_delete',
  'transfer_within_purchase',
  'money_event_no_update',
  'money_event_no_delete',
  'money_event_names_purchase',
  'purchase_terms_stay',
  'purchase_paid_stays',
  'purchase_no_delete',
]

/** What must hold in every committed state. Each check recomputes from the transfers what the balances claim. */
const checks: Check[] = [
  {
    invariant: 'all credits given and taken add up to zero',
    sql: `select 'sum ' || sum(posted) as detail from account having sum(posted) <> 0`,
  },
  {
    invariant: 'nobody spends more than they have',
    sql: `select id || ' ' || posted || ' ' || pending as detail from account
      where pending < 0
        or (kind in ('paid', 'free') and posted - pending < 0)
        or (kind = 'debt' and posted > 0)
        or (kind not in ('paid', 'free') and pending <> 0)`,
  },
  {
    invariant: 'every balance equals its transfers',
    sql: `with moved (account_id, amount) as (
        select credit, amount from transfer where kind <> 'hold'
        union all select debit, -amount from transfer where kind <> 'hold'
      ), computed as (select account_id, sum(amount) as amount from moved group by account_id)
      select id || ' ' || posted || ' is not ' || coalesce(amount, 0) as detail
      from account left join computed on account_id = id where posted <> coalesce(amount, 0)`,
  },
  {
    invariant: 'everything pending has an open hold',
    sql: `with held as (
        select debit, sum(amount) as amount from transfer hold
        where kind = 'hold' and not exists (select 1 from transfer where pending_id = hold.id) group by debit
      )
      select id || ' ' || pending || ' is not ' || coalesce(amount, 0) as detail
      from account left join held on debit = id where pending <> coalesce(amount, 0)`,
  },
  {
    invariant: 'a hold ends once, and its end fits it',
    sql: `select hold.id as detail from transfer hold join transfer "end" on "end".pending_id = hold.id
        where hold.kind = 'hold' group by hold.id having count(*) > 1
      union all
      select "end".id from transfer "end" left join transfer hold on hold.id = "end".pending_id and hold.kind = 'hold'
        where "end".kind in ('post', 'void') and (hold.id is null or "end".amount > hold.amount
          or "end".debit <> hold.debit or "end".credit <> hold.credit or "end".job_id <> hold.job_id)`,
  },
  {
    invariant: 'a job has its holds exactly while it is open, and pays only when done',
    sql: `with held_and_paid as (
        select hold.job_id, sum(hold.amount) as held, sum(coalesce("end".amount, 0)) as paid,
          count("end".id) as ends, count(*) as holds
        from transfer hold left join transfer "end" on "end".pending_id = hold.id
        where hold.kind = 'hold' group by hold.job_id
      )
      select job.id || ' ' || state || ' held ' || coalesce(held, 0) || ' paid ' || coalesce(paid, 0) as detail
      from job left join held_and_paid on job_id = job.id
      where coalesce(held, 0) <> price
        or (state in ${ended} and coalesce(ends, 0) <> coalesce(holds, 0))
        or (state not in ${ended} and coalesce(ends, 0) > 0)
        or (state in ${ended} and coalesce(paid, 0) <> charged)
        or (state in ('failed', 'unknown') and coalesce(paid, 0) > 0)
        or (state = 'done' and answer is null and job.id not in (select job_id from job_file))`,
  },
  {
    invariant: 'every outside fact is booked once',
    sql: `select ref as detail from money_event left join transfer on event_ref = ref
      group by ref having sum(coalesce(amount, 0)) <> max(credits)`,
  },
  {
    invariant: 'a purchase gives what was paid for it and not paid back',
    sql: `with went_back (intent, refunds, failed, charges, requests, disputes) as (
        select payment_intent,
          sum(case when kind = 'refund' and state = 'made' then amount_minor else 0 end),
          sum(case when kind = 'refund' and state = 'failed' then amount_minor else 0 end),
          max(case when kind = 'charge' then amount_minor else 0 end),
          max(case when kind = 'request' and state = 'made' then amount_minor else 0 end),
          sum(case when kind = 'dispute' and state = 'withdrawn' then amount_minor else 0 end)
        from payment_fact group by payment_intent
      ), expected (id, amount) as (
        select id, case when status = 'paid' then credits - credits *
          min(amount_minor, coalesce(max(refunds, charges - failed, requests) + disputes, 0)) / amount_minor else 0 end
        from purchase left join went_back on intent = payment_intent
      ), given (id, amount) as (
        select purchase_id, sum(case transfer.credit when 'sales' then -amount else amount end)
        from money_event join transfer on event_ref = ref where purchase_id is not null group by purchase_id
      )
      select expected.id || ' gave ' || coalesce(given.amount, 0) || ', not ' || expected.amount as detail
      from expected left join given on given.id = expected.id where coalesce(given.amount, 0) <> expected.amount`,
  },
  {
    invariant: 'the ledger is append-only',
    sql: `select value || ' is missing' as detail from json_each('${JSON.stringify(guards)}')
      where value not in (select name from sqlite_schema where type = 'trigger')`,
  },
  {
    invariant: 'every hold has its job, every post its result',
    sql: `select transfer.id as detail from transfer left join job on job.id = job_id
      where (transfer.kind in ('hold', 'post', 'void') and job.id is null)
        or (transfer.kind = 'post' and job.answer is null and job.id not in (select job_id from job_file))`,
  },
]

const wholeAudit = checks
  .map(({ invariant, sql }) => `select '${invariant}' as invariant, detail from (${sql})`)
  .join(' union all ')

/**
 * Recomputes the ledger and names everything that does not hold; empty when all is well. One statement, so it sees one
 * committed state. Reads whole tables: for the start, tests and operators.
 */
export async function audit(trx: Trx): Promise<Violation[]> {
  const { rows } = await trx.executeQuery(CompiledQuery.raw(wholeAudit) as CompiledQuery<Violation>)
  return rows
}
