/**
 * The ledger as a person would describe it, in memory and without any of its code: what the property test compares the
 * database with.
 */
export interface Command {
  do: 'regrant' | 'buy' | 'refund' | 'generate' | 'done' | 'fail' | 'end again' | 'break off'
  /** Which person, which of their keys, how many credits. */
  person: number
  key: number
  credits: number
}
export type Result = 'ok' | 'replay' | 'nothing' | 'too few' | 'refused' | 'broken off'

interface Job {
  price: number
  free: number
  paid: number
  open: boolean
}
export interface ModelPerson {
  free: number
  paid: number
  owes: number
  jobs: Map<number, Job>
}
export interface Model {
  people: ModelPerson[]
  earned: number
}

export const newModel = (people: number, freeCredits: number): Model => ({
  people: Array.from({ length: people }, () => ({ free: freeCredits, paid: 0, owes: 0, jobs: new Map() })),
  earned: 0,
})

export const canSpend = (person: ModelPerson) => (person.owes > 0 ? 0 : person.free + person.paid)

export function applyToModel(model: Model, { do: what, person: index, key, credits }: Command): Result {
  const person = model.people[index]!
  const job = person.jobs.get(key)
  switch (what) {
    case 'regrant':
      return 'nothing'
    case 'break off':
      return 'broken off'
    case 'buy':
      receivePaid(person, credits)
      return 'ok'
    case 'refund': {
      const taken = Math.min(credits, person.paid)
      person.paid -= taken
      person.owes += credits - taken
      return 'ok'
    }
    case 'generate': {
      if (job) return 'replay'
      if (credits > 0 && canSpend(person) < credits) return 'too few'
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
      return 'ok'
    case 'fail':
      if (!job?.open) return 'nothing'
      endJob(person, job, 0)
      return 'ok'
    case 'end again':
      return !job || job.open || job.price === 0 ? 'nothing' : 'refused'
  }
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
