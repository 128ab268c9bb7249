import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Every table of schema.ts. What must never be wrong is refused here by the database itself, beside the code's own
 * checks: overdrawn accounts, a hold that ends twice, a changed transfer, a job asked for twice, a purchase granted twice, or giving
 * or taking back more than it gave.
 *
 * A person's row is never deleted, because the ledger keeps its random id: deleting an account empties the row.
 */
const identity = [
  `create table person (
    id text not null primary key,
    subject_hash text not null unique,
    email blob not null,
    name blob not null,
    display_name blob,
    created_at integer not null
  ) strict`,

  `create table person_key (
    person_id text not null primary key references person (id),
    wrapped_key blob not null
  ) strict`,

  `create table web_session (
    id_hash text not null primary key,
    person_id text not null references person (id),
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null,
    browser text
  ) strict`,
  'create index web_session_person on web_session (person_id)',
  'create index web_session_expires on web_session (expires_at)',

  `create table token_family (
    id text not null primary key,
    person_id text not null references person (id),
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null,
    revoked_at integer,
    browser text
  ) strict`,
  'create index token_family_person on token_family (person_id)',
  'create index token_family_expires on token_family (expires_at)',

  `create table token (
    token_hash text not null primary key,
    family_id text not null references token_family (id),
    kind text not null check (kind in ('access', 'refresh')),
    expires_at integer not null,
    used_at integer check (used_at is null or kind = 'refresh')
  ) strict`,
  'create index token_of_family on token (family_id)',
  'create index token_expires on token (expires_at)',

  `create table handoff_code (
    code_hash text not null primary key,
    person_id text not null references person (id),
    challenge text not null,
    expires_at integer not null,
    used_at integer,
    family_id text references token_family (id),
    check (family_id is null or used_at is not null)
  ) strict`,
  'create index handoff_code_person on handoff_code (person_id)',
  'create index handoff_code_family on handoff_code (family_id)',
  'create index handoff_code_expires on handoff_code (expires_at)',

  `create table consent (
    seq integer not null primary key autoincrement,
    person_id text not null references person (id),
    kind text not null,
    answer text not null,
    version text not null,
    at integer not null
  ) strict`,
  'create index consent_person on consent (person_id, kind, seq)',

  `create table person_pause (
    person_id text not null references person (id),
    paused_by text not null check (paused_by in ('person', 'operator')),
    at integer not null,
    primary key (person_id, paused_by)
  ) strict`,
]

const jobs = [
  `create table job (
    id text not null primary key,
    person_id text not null references person (id),
    idem text not null,
    body_hash text not null,
    kind text not null check (kind in ('image', 'reading', 'model3d')),
    provider text not null,
    model text not null,
    prompt blob not null,
    negative blob not null,
    options text not null check (json_valid(options)),
    source_count integer not null check (source_count >= 0),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    price integer not null check (price >= 0),
    state text not null check (state in ('queued', 'calling', 'submitted', 'storing', 'done', 'failed', 'unknown')),
    problem text check (problem is null or state in ('failed', 'unknown')),
    problem_params text check (problem_params is null or (problem is not null and json_valid(problem_params))),
    charged integer check ((charged is not null) = (state in ('done', 'failed', 'unknown'))),
    request_id text,
    refusals integer not null check (refusals >= 0),
    answer blob,
    not_before integer,
    verdict_until integer,
    created_at integer not null,
    started_at integer,
    ended_at integer check ((ended_at is not null) = (state in ('done', 'failed', 'unknown'))),
    unique (person_id, idem),
    check (charged between 0 and price),
    check (charged = 0 or state = 'done')
  ) strict`,
  'create index job_person_created on job (person_id, created_at)',
  // Partial: the steps of a job are commits of their own, and change none of these before the last.
  'create index job_open on job (created_at, id) where ended_at is null',
  'create index job_open_of_person on job (person_id) where ended_at is null',
  'create index job_without_result on job (ended_at) where problem is not null',
  `create index job_with_key on job (ended_at) where ended_at is not null and body_hash <> ''`,

  `create table job_file (
    job_id text not null references job (id),
    position integer not null check (position >= 0),
    file_hash text not null,
    primary key (job_id, position)
  ) strict, without rowid`,
  'create index job_file_hash on job_file (file_hash)',
  `create trigger job_done_has_result before update of state on job when new.state = 'done' begin
    select raise(abort, 'a job without a result cannot be done')
    where new.answer is null and not exists (select 1 from job_file where job_id = new.id);
  end`,

  `create table event (
    seq integer not null primary key autoincrement,
    person_id text not null references person (id),
    job_id text not null references job (id),
    state text not null check (state in ('queued', 'calling', 'submitted', 'storing', 'done', 'failed', 'unknown')),
    at integer not null
  ) strict`,
  'create index event_person on event (person_id, seq)',
  'create index event_job on event (job_id)',
  'create index event_at on event (at)',

  `create table provider_cost (
    job_id text not null primary key references job (id),
    provider text not null,
    micro_usd integer not null check (micro_usd >= 0),
    outcome text not null check (outcome in ('spent', 'loss')),
    at integer not null
  ) strict`,
]

const billing = [
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
]

const ledger = [
  `create table account (
    id text not null primary key,
    person_id text references person (id),
    kind text not null check (kind in ('paid', 'free', 'debt', 'sales', 'promo', 'revenue', 'forfeit')),
    posted integer not null default 0,
    pending integer not null default 0 check (pending >= 0),
    check ((person_id is null) = (kind in ('sales', 'promo', 'revenue', 'forfeit'))),
    check (kind not in ('paid', 'free') or posted - pending >= 0),
    check (kind <> 'debt' or posted <= 0),
    check (kind in ('paid', 'free') or pending = 0)
  ) strict`,
  'create unique index account_of_person on account (person_id, kind) where person_id is not null',
  'create unique index account_of_system on account (kind) where person_id is null',
  `insert into account (id, kind) values
    ('sales', 'sales'), ('promo', 'promo'), ('revenue', 'revenue'), ('forfeit', 'forfeit')`,

  `create table money_event (
    ref text not null primary key,
    kind text not null check (kind in ('free_grant', 'purchase', 'refund', 'dispute')),
    person_id text references person (id),
    credits integer not null check (credits >= 0),
    at integer not null,
    purchase_id text references purchase (id)
  ) strict`,
  'create index money_event_person on money_event (person_id)',
  `create unique index money_event_grant on money_event (purchase_id) where kind = 'purchase'`,
  'create index money_event_purchase on money_event (purchase_id) where purchase_id is not null',
  `create trigger money_event_names_purchase before insert on money_event
    when new.kind in ('purchase', 'refund', 'dispute') and new.purchase_id is null begin
    select raise(abort, 'a payment belongs to a purchase');
  end`,

  `create table transfer (
    id text not null primary key,
    kind text not null check (kind in ('grant', 'hold', 'post', 'void', 'settle', 'correction')),
    debit text not null references account (id),
    credit text not null references account (id),
    amount integer not null check (amount >= 0),
    job_id text references job (id),
    pending_id text references transfer (id),
    event_ref text references money_event (ref),
    at integer not null,
    check (debit <> credit),
    check ((amount = 0) = (kind = 'void')),
    check ((pending_id is not null) = (kind in ('post', 'void'))),
    check (job_id is not null or kind not in ('hold', 'post', 'void')),
    check (event_ref is not null or kind <> 'grant')
  ) strict`,
  'create unique index transfer_end on transfer (pending_id) where pending_id is not null',
  `create unique index transfer_hold on transfer (job_id, debit) where kind = 'hold'`,
  'create index transfer_event on transfer (event_ref) where event_ref is not null',
  // For statements, page by page, and for what was spent since a time. The queries name these conditions word for word.
  `create index transfer_statement_out on transfer (debit, kind, at, id) where kind in ('post', 'void', 'correction')`,
  `create index transfer_statement_in on transfer (credit, kind, at, id) where kind in ('grant', 'correction')`,

  `create trigger transfer_hold_within_price before insert on transfer when new.kind = 'hold' begin
    select raise(abort, 'the holds of a job exceed its price')
    where (select price from job where id = new.job_id) <
      new.amount + (select coalesce(sum(amount), 0) from transfer where job_id = new.job_id and kind = 'hold');
  end`,
  `create trigger transfer_end_within_hold before insert on transfer when new.pending_id is not null begin
    select raise(abort, 'the end does not fit its hold')
    where not exists (
      select 1 from transfer hold
      where hold.id = new.pending_id and hold.kind = 'hold' and hold.job_id = new.job_id
        and hold.debit = new.debit and hold.credit = new.credit and hold.amount >= new.amount
    );
  end`,

  `create trigger transfer_within_purchase before insert on transfer when new.event_ref is not null begin
    select raise(abort, 'a purchase gives between nothing and its credits')
    from purchase where id = (select purchase_id from money_event where ref = new.event_ref)
      and (
        select coalesce(sum(case credit when 'sales' then -amount else amount end), 0)
        from transfer where event_ref in (select ref from money_event where purchase_id = purchase.id)
      ) + (case new.credit when 'sales' then -new.amount else new.amount end) not between 0 and purchase.credits;
  end`,

  `create table free_grant (
    subject_hash text not null primary key,
    at integer not null
  ) strict`,
]

/** What is written to the ledger stays, a correction is a new transfer; so does what somebody agreed to. */
const appendOnly = ['transfer', 'money_event', 'consent'].flatMap(table =>
  ['update', 'delete'].map(
    change => `create trigger ${table}_no_${change} before ${change} on ${table} begin
      select raise(abort, '${table} is append-only');
    end`,
  ),
)

const library = [
  `create table picture (
    id text not null primary key,
    job_id text not null references job (id),
    position integer not null check (position >= 0),
    person_id text not null references person (id),
    file_hash text not null,
    thumbnail_hash text not null,
    mime text not null check (mime in ('image/png', 'image/jpeg', 'image/webp', 'model/gltf-binary')),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    bytes integer not null check (bytes > 0),
    favourite integer not null default 0 check (favourite in (0, 1)),
    created_at integer not null,
    deleted_at integer,
    unique (job_id, position)
  ) strict`,
  // With the size in it, so that what a person has stored is counted without looking at each picture.
  'create index picture_person_created on picture (person_id, created_at, id, bytes)',
  'create index picture_file on picture (file_hash)',
  'create index picture_thumbnail on picture (thumbnail_hash)',
  'create index picture_deleted on picture (deleted_at) where deleted_at is not null',
]

export const first: Migration = {
  async up(db) {
    for (const statement of [...identity, ...jobs, ...billing, ...ledger, ...appendOnly, ...library])
      await sql.raw(statement).execute(db)
  },
}
