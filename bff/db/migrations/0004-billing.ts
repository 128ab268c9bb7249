import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Purchases, what the payment service says about them, and the person's own limits. As in the first migration, the
 * database refuses by itself what must never be: a purchase granted twice, or giving or taking back more than it gave.
 */
const statements = [
  `create table purchase (
    id text not null primary key,
    person_id text not null references person (id),
    pack text not null,
    currency text not null check (currency in ('usd', 'jpy')),
    amount_minor integer not null check (amount_minor > 0),
    credits integer not null check (credits > 0),
    checkout_session text unique,
    payment_intent text unique,
    status text not null check (status in ('new', 'open', 'pending', 'failed', 'expired', 'paid')),
    created_at integer not null,
    expires_at integer not null,
    paid_at integer check ((paid_at is not null) = (status = 'paid')),
    check (checkout_session is not null or status not in ('open', 'pending', 'paid'))
  ) strict`,
  'create index purchase_person on purchase (person_id, created_at, id)',
  'create index purchase_status on purchase (status, created_at)',
  `create trigger purchase_terms_stay before update of id, person_id, pack, currency, amount_minor, credits, created_at
    on purchase begin
    select raise(abort, 'the terms of a purchase stay');
  end`,
  `create trigger purchase_no_delete before delete on purchase begin
    select raise(abort, 'a purchase stays');
  end`,
  `create trigger purchase_paid_stays before update of status on purchase
    when old.status = 'paid' and new.status <> 'paid' begin
    select raise(abort, 'a paid purchase stays paid');
  end`,

  `create table payment_fact (
    ref text not null primary key,
    payment_intent text not null,
    kind text not null check (kind in ('charge', 'refund', 'request', 'dispute')),
    state text not null check (state in ('made', 'failed', 'opened', 'withdrawn', 'reinstated')),
    amount_minor integer not null check (amount_minor >= 0),
    at integer not null
  ) strict`,
  'create index payment_fact_intent on payment_fact (payment_intent)',
  `create index payment_fact_request on payment_fact (state) where kind = 'request'`,

  `create table payment_sweep (
    id integer not null primary key check (id = 1),
    until integer not null
  ) strict`,

  `create table spending_limit (
    person_id text not null primary key references person (id),
    per_day integer check (per_day >= 0),
    per_month integer check (per_month >= 0),
    ask_above integer check (ask_above >= 0)
  ) strict`,

  'alter table money_event add column purchase_id text references purchase (id)',
  `create unique index money_event_grant on money_event (purchase_id) where kind = 'purchase'`,
  'create index money_event_purchase on money_event (purchase_id) where purchase_id is not null',
  `create trigger money_event_names_purchase before insert on money_event
    when new.kind in ('purchase', 'refund', 'dispute') and new.purchase_id is null begin
    select raise(abort, 'a payment belongs to a purchase');
  end`,
  `create trigger transfer_within_purchase before insert on transfer when new.event_ref is not null begin
    select raise(abort, 'a purchase gives between nothing and its credits')
    from purchase where id = (select purchase_id from money_event where ref = new.event_ref)
      and (
        select coalesce(sum(case credit when 'sales' then -amount else amount end), 0)
        from transfer where event_ref in (select ref from money_event where purchase_id = purchase.id)
      ) + (case new.credit when 'sales' then -new.amount else new.amount end) not between 0 and purchase.credits;
  end`,

  // For statements, page by page, and for what was spent since a time. The queries name these conditions word for word.
  `create index transfer_statement_out on transfer (debit, kind, at, id) where kind in ('post', 'void', 'correction')`,
  `create index transfer_statement_in on transfer (credit, kind, at, id) where kind in ('grant', 'correction')`,
]

export const billing: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
