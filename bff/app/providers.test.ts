import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import type { Generation } from '../contract/generations.ts'
import type { ProblemCode } from '../contract/problems.ts'
import { priceOf } from '../contract/values.ts'
import { audit } from '../ledger/audit.ts'
import { loadRegistry } from '../models/registry.ts'
import { createEgress } from '../providers/egress/egress.ts'
import { createFalProvider } from '../providers/fal/index.ts'
import { createGeminiProvider } from '../providers/gemini/index.ts'
import { providerNames } from '../providers/index.ts'
import { createOpenAiProvider } from '../providers/openai/index.ts'
import type { Provider } from '../providers/provider.ts'
import { createTripoProvider } from '../providers/tripo/index.ts'
import { aPicture, testApp } from '../test/app.ts'
import { type Clock, createClock } from '../test/clock.ts'
import { startFakeFal } from '../test/fakes/fal.ts'
import * as faults from '../test/fakes/faults.ts'
import { startFakeGemini } from '../test/fakes/gemini.ts'
import { startOpenAiFake } from '../test/fakes/openai.ts'
import type { Fault, startFake } from '../test/fakes/server.ts'
import { startFakeTripo } from '../test/fakes/tripo.ts'
import { until } from '../test/until.ts'

const key = 'the-key-nobody-may-see'
const secretWords = 'a lighthouse nobody else has thought of'
const registry = loadRegistry({ providers: providerNames })

interface Played {
  server: Awaited<ReturnType<typeof startFake>>
  provider: Provider
  /** Plays the fault where the job is paid. */
  play(fault: Fault): void
  /** Path of the request that is paid for. */
  paid: RegExp
}

const egressTo = (base: string) => createEgress({ hosts: [{ base }] })
const modelIds = (provider: string) =>
  registry
    .all()
    .filter(entry => entry.provider === provider)
    .map(entry => entry.endpoint)

const startProvider: Record<string, (now: Clock['now']) => Promise<Played>> = {
  async 'gpt-image-2.6-flare'(now) {
    const server = await startOpenAiFake({ key })
    const baseUrl = `${server.url}/v1`
    const provider = createOpenAiProvider({ key, baseUrl, egress: egressTo(baseUrl), now })
    return { server, provider, play: fault => server.play(fault), paid: /images/ }
  },
  async 'gemini-nano-banana-2.1'(now) {
    const server = await startFakeGemini({ key, models: modelIds('gemini') })
    const provider = createGeminiProvider({ key, baseUrl: server.baseUrl, egress: egressTo(server.baseUrl), now })
    return { server, provider, play: fault => server.play(fault), paid: /generateContent/ }
  },
  async 'flux-2-pro'(now) {
    const server = await startFakeFal({ key, now })
    const options = { key, queueUrl: server.url, apiUrl: `${server.url}/v1`, egress: egressTo(server.url), now }
    return { server, provider: createFalProvider(options), play: fault => server.play(fault), paid: /flux-2-pro/ }
  },
  async 'tripo-3.1'(now) {
    const server = await startFakeTripo({ key, now, models: modelIds('tripo') })
    const provider = createTripoProvider({ key, baseUrl: server.baseUrl, egress: egressTo(server.baseUrl), now })
    return { server, provider, play: fault => server.playOnCreation(fault), paid: /image-to-model/ }
  },
}

async function setUp(modelId: string) {
  const model = registry.find(modelId)!
  const clock = createClock()
  const played = await startProvider[modelId]!(clock.now)
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
  const calls = () =>
    played.server.seen.filter(({ method, path }) => method === 'POST' && played.paid.test(path)).length
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

/** Faults of the one request that is paid for, with what may become of the job. */
const matrix: [string, Fault, ProblemCode[]][] = [
  ['[C51] no answer at all', faults.hang, ['timed_out']],
  ['[C51] a reset before the headers', faults.resetBeforeHeaders, ['unknown_outcome']],
  ['[C51] a reset after the headers', faults.resetAfterHeaders, ['unknown_outcome']],
  ['[C51] a body that is cut off', faults.cutBody, ['unknown_outcome']],
  ['[C51] 500', faults.answers(500, { error: { message: 'Told in words.' } }), ['unknown_outcome']],
  ['[C47] HTML called a success', faults.html, ['provider_failed', 'no_picture', 'unknown_outcome']],
  ['[C47] an empty object', faults.answers(200, {}), ['no_picture', 'provider_failed', 'unknown_outcome']],
  ['[C48] one byte, ever', faults.drip, ['timed_out', 'unknown_outcome']],
  ['[C48] 500 MB', faults.huge(500 * 1024 ** 2), ['provider_failed', 'unknown_outcome']],
  ['[C49] a redirect to the inside', faults.redirects(), ['provider_failed', 'unknown_outcome']],
  [
    '[C52] our key and the prompt in a refusal',
    faults.echoes(400),
    ['rejected_input', 'provider_failed', 'no_picture'],
  ],
  ['[C52] our key refused', faults.echoes(401), ['provider_unavailable']],
]

for (const modelId of Object.keys(startProvider)) {
  test.each(matrix)(
    `${modelId}: %s: called once, credits back, nothing secret told`,
    async (_name, fault, problems) => {
      const { app, person, played, model, submit, calls } = await setUp(modelId)
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
      expect(['failed', 'unknown']).toContain(job.state)
      expect(problems).toContain(job.problem)
      expectTold(job)
      expectNothingSecret(app.errors.map(error => (error as Error).stack).join())
      expect(calls()).toBe(1)
      expect(await app.balance(person)).toMatchObject({ available: 1000, held: 0 })
      expect(await audit(app.database.read)).toEqual([])
    },
  )

  test.each([
    ['in seconds', '2', 2],
    ['as a date', new Date(createClock().now() + 2000).toUTCString(), 2],
    ['absurd', '999999999', 1],
    ['nonsense', 'soon', 2],
  ])(`${modelId}: [C51] not now, Retry-After %s: sent once more at most`, async (_name, retryAfter, most) => {
    const { app, person, played, submit, calls } = await setUp(modelId)
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

test.each(['gpt-image-2.6-flare', 'gemini-nano-banana-2.1'])('%s makes a picture from end to end', async modelId => {
  const { app, person, due, submit, calls } = await setUp(modelId)
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
