import { randomUUID } from 'node:crypto'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Generation } from '../contract/generations.ts'
import { audit } from '../ledger/audit.ts'
import { ProviderError } from '../providers/provider-error.ts'
import { aPicture, type TestApp, type TestPerson, testApp } from '../test/app.ts'
import { createFakeProvider } from '../test/fake-provider.ts'
import { seededRandom } from '../test/random.ts'

const steps = 60
const credits = 40
let pictures: Buffer[]
beforeAll(async () => {
  pictures = await Promise.all([aPicture(), aPicture(40, 40)])
})

/**
 * Whatever a person, a provider, the clock and kills do in whatever order: the ledger is right after every step, no provider is
 * called twice for one job, and at the end exactly the delivered pictures are paid.
 */
test.each([11, 12, 13, 14])('random life, seed %i', async seed => {
  const random = seededRandom(seed)
  const pick = <T>(list: T[]): T | undefined => list[Math.floor(random() * list.length)]
  const repeatable = random() < 0.5
  const app = await testApp({ provider: createFakeProvider({ repeatable }), limits: { openJobsPerPerson: 6 } })
  onTestFinished(() => app.close())
  const person = await app.addPerson({ credits })
  const keys = new Map<string, { picture: Buffer; ids: Set<string> }>()
  const open = () => app.provider.calls.filter(call => !call.control.signal.aborted)

  const moves: Record<string, () => Promise<unknown> | undefined> = {
    submit: () => submit(app, person, keys, randomUUID(), pick(pictures)!),
    again: () => {
      const [key, { picture }] = pick([...keys]) ?? [randomUUID(), { picture: pictures[0]! }]
      return submit(app, person, keys, key, picture)
    },
    cancel: async () => {
      const id = pick([...keys.values()].flatMap(({ ids }) => [...ids]))
      if (id) await app.http.inject({ method: 'POST', url: `/v1/generations/${id}/cancel`, headers: person.headers })
    },
    answer: async () => pick(open())?.answer(pictures[0]!),
    refuse: async () => pick(open())?.fail(new ProviderError({ kind: 'no_picture' })),
    break: async () => pick(open())?.fail(new Error('broken')),
    rubbish: async () => pick(open())?.answer(Buffer.from('rubbish')),
    time: async () => app.clock.advance(random() < 0.2 ? 120_000 : 1000),
    kill: async () => (random() < 0.3 ? app.restart() : undefined),
  }
  for (let step = 0; step < steps; step++) {
    const running = [pick(Object.keys(moves))!, pick(Object.keys(moves))!].map(name => moves[name]!())
    await Promise.all(running)
    expect(await audit(app.database.read)).toEqual([])
  }

  await app.restart()
  const jobs = await app.database.read.selectFrom('job').selectAll().execute()
  const delivered = await app.database.read.selectFrom('picture').select('id').execute()
  const done = jobs.filter(job => job.state === 'done')
  expect(jobs.every(job => ['done', 'failed', 'unknown'].includes(job.state))).toBe(true)
  expect(delivered).toHaveLength(done.length)
  expect(await app.balance(person)).toMatchObject({ available: credits - done.length, held: 0 })
  expect([...keys.values()].every(({ ids }) => ids.size === 1)).toBe(true)
  if (!repeatable) expect(app.provider.calls.length).toBeLessThanOrEqual(jobs.length)
  expect(await audit(app.database.read)).toEqual([])
})

async function submit(
  app: TestApp,
  person: TestPerson,
  keys: Map<string, { picture: Buffer; ids: Set<string> }>,
  key: string,
  picture: Buffer,
): Promise<void> {
  const answer = await app.submit(person, picture, { key })
  if (answer.statusCode !== 202) return
  const known = keys.get(key) ?? { picture, ids: new Set() }
  keys.set(key, known)
  known.ids.add(answer.json<Generation>().id)
}
