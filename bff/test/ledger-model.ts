/**
 * The ledger as a person would describe it, in memory and without any of its code: what the property test compares the
 * database with.
 */
export interface Command {
  do:
    | 'regrant'
    | 'order'
    | 'pay'
    | 'refund'
    | 'refund fails'
    | 'dispute'
    | 'dispute won'
    | 'limit'
    | 'clock'
    | 'generate'
    | 'done'
    | 'fail'
    | 'end again'
    | 'break off'
  /** Which person, which of their keys, how many credits. */
  person: number
  key: number
  credits: number
}
export type Result = 'ok' | 'replay' | 'nothing' | 'too few' | 'over the limit' | 'refused' | 'broken off'

interface Job {
  price: number
  free: number
  paid: number
  open: boolean
}
export interface ModelPurchase {
  credits: number
  amount: number
  paid: boolean
  /** What it has put into the account and not taken out. */
  given: number
  refunds: Map<number, { amount: number; failed: boolean }>
  disputes: Map<number, { amount: number; won: boolean }>
}
export interface ModelPerson {
  free: number
  paid: number
  owes: number
  perDay: number | null
  spent: { at: number; credits: number }[]
  jobs: Map<number, Job>
  purchases: Map<number, ModelPurchase>
}
export interface Model {
  people: ModelPerson[]
  earned: number
  time: number
}

export const hour = 60 * 60 * 1000
/** Times of a clock that somebody sets: forwards mostly, sometimes back. */
export const clockStep = (credits: number): number => (credits === 1 ? -30 * hour : credits * 3 * hour)

export const newModel = (people: number, freeCredits: number, time: number): Model => ({
  people: Array.from({ length: people }, () => ({
    free: freeCredits,
    paid: 0,
    owes: 0,
    perDay: null,
    spent: [],
    jobs: new Map(),
    purchases: new Map(),
  })),
  earned: 0,
  time,
})

export const canSpend = (person: ModelPerson) => (person.owes > 0 ? 0 : person.free + person.paid)
export const held = (person: ModelPerson) =>
  [...person.jobs.values()].filter(job => job.open).reduce((sum, { price }) => sum + price, 0)

export function applyToModel(model: Model, { do: what, person: index, key, credits }: Command): Result {
  const person = model.people[index]!
  const job = person.jobs.get(key)
  const purchase = person.purchases.get(key)
  switch (what) {
    case 'regrant':
      return 'nothing'
    case 'break off':
      return 'broken off'
    case 'clock':
      model.time += clockStep(credits)
      return 'ok'
    case 'limit':
      person.perDay = credits > 5 ? null : credits * 3
      return 'ok'
    case 'order':
      if (purchase) return 'replay'
      person.purchases.set(key, {
        credits: credits + 3,
        amount: 7 * credits + 1,
        paid: false,
        given: 0,
        refunds: new Map(),
        disputes: new Map(),
      })
      return 'ok'
    case 'pay':
      return onPurchase(person, purchase, it => {
        it.paid = true
      })
    case 'refund':
      return onPurchase(person, purchase, it => {
        if (!it.refunds.has(credits)) it.refunds.set(credits, { amount: 5 * credits, failed: false })
      })
    case 'refund fails':
      return onPurchase(person, purchase, it => {
        it.refunds.set(credits, { amount: 5 * credits, failed: true })
      })
    case 'dispute':
      return onPurchase(person, purchase, it => {
        if (!it.disputes.has(credits)) it.disputes.set(credits, { amount: 9 * credits, won: false })
      })
    case 'dispute won':
      return onPurchase(person, purchase, it => {
        it.disputes.set(credits, { amount: 9 * credits, won: true })
      })
    case 'generate': {
      if (job) return 'replay'
      if (credits > 0 && canSpend(person) < credits) return 'too few'
      if (person.perDay !== null && spentToday(model, person) + credits > person.perDay) return 'over the limit'
      const free = Math.min(person.free, credits)
      person.free -= free
      person.paid -= credits - free
      person.jobs.set(key, { price: credits, free, paid: credits - free, open: true })
      return 'ok'
    }
    case 'done':
      if (!job?.open) return 'nothing'
      if (credits > job.price) return 'refused'
      endJob(person, job, credits)
      model.earned += credits
      person.spent.push({ at: model.time, credits })
      return 'ok'
    case 'fail':
      if (!job?.open) return 'nothing'
      endJob(person, job, 0)
      return 'ok'
    case 'end again':
      return !job || job.open || job.price === 0 ? 'nothing' : 'refused'
  }
}

function spentToday(model: Model, person: ModelPerson): number {
  const recent = person.spent.filter(({ at }) => at > model.time - 24 * hour)
  return recent.reduce((sum, { credits }) => sum + credits, 0) + held(person)
}

/** A payment is worth what was paid for it and did not go back; the account follows. */
function onPurchase(person: ModelPerson, it: ModelPurchase | undefined, change: (it: ModelPurchase) => void): Result {
  if (!it) return 'nothing'
  change(it)
  let back = 0
  for (const { amount, failed } of it.refunds.values()) if (!failed) back += amount
  for (const { amount, won } of it.disputes.values()) if (!won) back += amount
  const share = Math.min(it.amount, back) / it.amount
  const worth = it.paid ? it.credits - Math.floor(it.credits * share + 1e-9) : 0
  if (worth > it.given) receivePaid(person, worth - it.given)
  else takePaid(person, it.given - worth)
  it.given = worth
  return 'ok'
}

function takePaid(person: ModelPerson, credits: number): void {
  const taken = Math.min(credits, person.paid)
  person.paid -= taken
  person.owes += credits - taken
}

function endJob(person: ModelPerson, job: Job, cost: number): void {
  const free = Math.min(job.free, cost)
  person.free += job.free - free
  receivePaid(person, job.paid - (cost - free))
  job.open = false
}

/** Paid credits that come (back) pay what is owed first. */
function receivePaid(person: ModelPerson, credits: number): void {
  const settled = Math.min(person.owes, credits)
  person.owes -= settled
  person.paid += credits - settled
}
