import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import type { Generation } from '../contract/generations.ts'
import type { ProblemCode } from '../contract/problems.ts'
import { priceOf } from '../contract/values.ts'
import { audit } from '../ledger/audit.ts'
import { loadRegistry } from '../models/registry.ts'
import { descriptors } from '../providers/index.ts'
import { everyPlayed, type Played } from '../providers/test/played.ts'
import { aPicture, testApp } from '../test/app.ts'
import { createClock } from '../test/clock.ts'
import * as faults from '../test/fakes/faults.ts'
import type { Fault } from '../test/fakes/server.ts'
import { until } from '../test/until.ts'

const key = 'the-key-nobody-may-see'
const secretWords = 'a lighthouse nobody else has thought of'
const registry = loadRegistry(descriptors)

async function setUp({ model: modelId, paid, start }: Played) {
  const model = registry.find(modelId)!
  const clock = createClock()
  const played = await start(key, clock.now)
  const app = await testApp({ registry, clock, others: { [model.provider]: played.provider } })
  onTestFinished(async () => {
    await app.close()
    await played.provider.close()
    await played.server.close()
  })
  const person = await app.addPerson({ credits: 1000 })
  const size = model.sizes[0]!.name
  const [quality = null] = model.options.qualities
  const due = priceOf(model.price, { size, quality }, 1)
  const order = {
    model: modelId,
    prompt: model.promptMax > 0 ? secretWords : '',
    price: due,
    options: { aspect: model.aspects[0]!, size },
  }
  const submit = async (): Promise<string> => {
    const answer = await app.submit(person, await aPicture(), order)
    expect(answer.statusCode).toBe(202)
    return answer.json().id
  }
  const calls = () => played.server.seen.filter(({ method, path }) => method === 'POST' && paid.test(path)).length
  return { app, person, played, model, due, submit, calls }
}

const sentences = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../extension/locales/${language}/problems.json`, import.meta.url), 'utf8'))

/** What a person is told has a sentence in both languages, and holds nothing of the provider's. */
function expectTold({ problem, prompt: _, ...job }: Generation): void {
  for (const language of ['en', 'ja']) expect(sentences(language)[problem!]).toMatch(/./)
  expectNothingSecret(JSON.stringify(job))
}
function expectNothingSecret(text: string): void {
  for (const secret of [key, secretWords, 'Told in words', 'Welcome']) expect(text).not.toContain(secret)
}

interface Told {
  /** By a provider that answers the call itself. */
  direct: ProblemCode
  /** By one that gives a ticket: without it nobody can say whether it has the job. */
  queue: ProblemCode
}
const both = (problem: ProblemCode): Told => ({ direct: problem, queue: problem })

/** Nobody can say what the provider did, and its result may still come. */
const unknown: ProblemCode[] = ['timed_out', 'unknown_outcome']

for (const provider of everyPlayed) {
  // Faults of the one request that is paid for, and what the person is told.
  test.each<[string, Fault, Told]>([
    ['[C51e] no answer at all', faults.hang, both('timed_out')],
    ['[C51c] a reset before the headers', faults.resetBeforeHeaders, both('unknown_outcome')],
    ['[C51c] a reset after the headers', faults.resetAfterHeaders, both('unknown_outcome')],
    ['[C51d] a body that is cut off', faults.cutBody, both('unknown_outcome')],
    ['[C51b] 500', faults.answers(500, { error: { message: 'Told in words.' } }), both('unknown_outcome')],
    ['[C47a] HTML called a success', faults.html, { direct: 'provider_failed', queue: 'unknown_outcome' }],
    ['[C47b] an empty object', faults.answers(200, {}), { direct: 'no_picture', queue: 'unknown_outcome' }],
    ['[C48b] [C48c] one byte, ever', faults.drip, both('timed_out')],
    ['500 MB', faults.huge(500 * 1024 ** 2), both('provider_failed')],
    ['a redirect to the inside', faults.redirects(), both('provider_failed')],
    ['[C52] our key and the prompt in a refusal', faults.echoes(400), both('rejected_input')],
    ['[C52] our key refused', faults.echoes(401), both('provider_unavailable')],
  ])(`${provider.model}: %s: called once, credits back, nothing secret told`, async (_name, fault, told) => {
    const { app, person, played, model, submit, calls } = await setUp(provider)
    played.play(fault)
    const id = await submit()
    await until(() => calls() === 1)
    const waits = fault === faults.hang || fault === faults.drip
    if (waits) {
      await until(() => app.clock.waiting() > 0)
      app.clock.advance(model.deadlineMs)
    }
    await app.generations.idle()
    const job = await app.generation(person, id)
    const problem = told[played.provider.way]
    expect(job).toMatchObject({ state: unknown.includes(problem) ? 'unknown' : 'failed', problem, charged: 0 })
    expectTold(job)
    expectNothingSecret(app.errors.map(error => (error as Error).stack).join())
    expect(calls()).toBe(1)
    expect(await app.balance(person)).toMatchObject({ available: 1000, held: 0 })
    expect(await audit(app.database.read)).toEqual([])
  })

  test.each([
    ['in seconds', '2', 2],
    ['as a date', new Date(createClock().now() + 2000).toUTCString(), 2],
    ['absurd', '999999999', 1],
    ['nonsense', 'soon', 2],
  ])(`[C51a] ${provider.model}: not now, Retry-After %s: sent once more at most`, async (_name, retryAfter, most) => {
    const { app, person, played, submit, calls } = await setUp(provider)
    played.play(faults.answers(429, { error: { message: 'Told in words.' } }, { 'retry-after': retryAfter }))
    const id = await submit()
    await until(() => calls() === 1)
    await app.generations.idle()
    if (most === 2) {
      expect(await app.generation(person, id)).toMatchObject({ state: 'queued' })
      app.clock.advance(60_000)
      await until(() => calls() === 2)
      await app.generations.idle()
    }
    const job = await app.generation(person, id)
    expect(job).toMatchObject({ state: 'failed', problem: 'provider_busy' })
    expectTold(job)
    app.clock.advance(3600_000)
    await app.generations.idle()
    expect(calls()).toBe(most)
    expect(await app.balance(person)).toMatchObject({ available: 1000, held: 0 })
  })
}

const direct = everyPlayed.filter(({ model }) => ['gpt-image-2.6-flare', 'gemini-nano-banana-2.1'].includes(model))
test.each(direct)('$model makes a picture from end to end', async provider => {
  const { app, person, due, submit, calls } = await setUp(provider)
  const id = await submit()
  await app.generations.idle()
  expect(await app.generation(person, id)).toMatchObject({
    state: 'done',
    charged: due,
    pictures: [{ mime: 'image/png' }],
  })
  expect(calls()).toBe(1)
  expect(await app.balance(person)).toMatchObject({ available: 1000 - due, held: 0 })
})
