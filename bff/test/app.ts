import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance } from 'fastify'
import sharp, { type Color } from 'sharp'
import type { Generation, GenerationSpec } from '../contract/generations.ts'
import { registerAccess } from '../http/access.ts'
import { registerJsonBodies } from '../http/json-body.ts'
import { type BudgetLimits, createMemoryBudget } from '../http/memory-budget.ts'
import { registerProblems } from '../http/problems.ts'
import { schemaOptions } from '../http/schemas.ts'
import { eventRoutes } from '../jobs/events/events-routes.ts'
import { createJobs, type Jobs, type JobsDeps, type Limits } from '../jobs/jobs.ts'
import { createPurge } from '../jobs/purge.ts'
import { jobRoutes } from '../jobs/routes.ts'
import { webhookRoutes } from '../jobs/webhook-routes.ts'
import { createLedger } from '../ledger/ledger.ts'
import { balanceRoutes } from '../ledger/routes.ts'
import { createBlobStore } from '../library/blob-store.ts'
import { createResultFiles } from '../library/result-files.ts'
import { pictureRoutes } from '../library/routes.ts'
import { loadRegistry, type Registry } from '../models/registry.ts'
import { modelRoutes } from '../models/routes.ts'
import { createVault } from '../privacy/vault.ts'
import { descriptors } from '../providers/index.ts'
import type { Provider } from '../providers/provider.ts'
import { type Clock, createClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { createFakeProvider, type FakeProvider } from './fake-provider.ts'
import { multipart, type Part } from './multipart.ts'
import { insertPerson } from './rows.ts'

export interface TestAppOptions {
  provider?: FakeProvider
  /** Further providers by the name their models have in the registry. */
  others?: Record<string, Provider>
  callbackOf?: JobsDeps['callbackOf']
  clock?: Clock
  registry?: Registry
  limits?: Partial<Limits>
  /** Of results on their way out. */
  bytesInMemory?: BudgetLimits
}

export interface TestPerson {
  id: string
  familyId: string
  headers: { authorization: string }
}

/** The rooms around a job as the real backend wires them, with a clock, a provider and persons that the test commands. */
export async function testApp({
  provider = createFakeProvider(),
  others = {},
  callbackOf,
  clock = createClock(),
  registry = loadRegistry(descriptors),
  limits,
  bytesInMemory = { all: 1e9, perPerson: 1e9 },
}: TestAppOptions = {}) {
  const { database, dir, file, close } = await testDatabase()
  const { now, timers } = clock
  const ledger = createLedger({ now })
  const vault = createVault(randomBytes(32))
  const blobs = createBlobStore({ dir: join(dir, 'blobs'), now })
  const tokens = new Map<string, TestPerson>()
  const revocations = new Set<(revoked: { familyId: string }) => void>()
  const errors: unknown[] = []
  const deps = {
    database,
    ledger,
    vault,
    blobs,
    registry,
    now,
    timers,
    onError: (error: unknown) => void errors.push(error),
  }

  const providers = new Map<string, Provider>([['local', provider], ...Object.entries(others)])

  /** One process: when it is killed, nothing it still does reaches the database or the disk. */
  function startProcess() {
    const killed = new AbortController()
    const whileAlive =
      <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
      (...args: A): Promise<R> =>
        killed.signal.aborted ? Promise.reject(new Error('This process was killed.')) : work(...args)
    const mine = {
      database: { ...database, write: whileAlive(database.write) as typeof database.write },
      blobs: {
        ...blobs,
        put: whileAlive((personId: string, bytes: Iterable<Uint8Array>) => blobs.put(personId, bytes)),
        remove: whileAlive((personId: string, hash: string) => blobs.remove(personId, hash)),
      },
    }
    const generations = createJobs({
      ...deps,
      ...mine,
      providers,
      mode: 'development',
      ...(limits && { limits }),
      ...(callbackOf && { callbackOf }),
    })
    return { generations, kill: () => killed.abort() }
  }

  async function buildRoutes(generations: Jobs): Promise<FastifyInstance> {
    const app = Fastify(schemaOptions).withTypeProvider<TypeBoxTypeProvider>()
    registerProblems(app)
    registerJsonBodies(app)
    registerAccess(app, {
      token: async token => tokens.get(token) ?? null,
      session: async () => null,
      refusal: async () => null,
    })
    await app.register(modelRoutes(generations.offer))
    await app.register(jobRoutes(generations))
    await app.register(webhookRoutes({ providers, receive: generations.receive }))
    await app.register(
      eventRoutes({
        ...generations,
        onRevoked(listener) {
          revocations.add(listener)
          return () => revocations.delete(listener)
        },
      }),
    )
    await app.register(
      pictureRoutes({
        database,
        vault,
        files: createResultFiles(blobs),
        budget: createMemoryBudget(bytesInMemory),
        changes: generations.pictures,
      }),
    )
    await app.register(balanceRoutes({ database, ledger }))
    return app
  }

  let running = startProcess()
  let http = await buildRoutes(running.generations)

  async function addPerson({ credits = 50 } = {}): Promise<TestPerson> {
    const id = randomUUIDv7()
    const token = randomBytes(32).toString('base64url')
    await database.write(async trx => {
      await insertPerson(trx, id)
      await trx.insertInto('person_key').values({ person_id: id, wrapped_key: vault.createKey().wrapped }).execute()
      await ledger.open(trx, id)
      await ledger.grantFree(trx, { personId: id, subjectHash: id, credits })
    })
    const person = { id, familyId: randomUUIDv7(), headers: { authorization: `Bearer ${token}` } }
    tokens.set(token, person)
    return person
  }

  const post = (person: TestPerson, parts: Part[], key?: string, headers: Record<string, string> = {}) =>
    http.inject(submission({ ...person.headers, ...headers }, parts, key))

  return {
    database,
    dir,
    file,
    clock,
    ledger,
    vault,
    blobs,
    provider,
    errors,
    purge: createPurge({ database, blobs, now }),
    get http() {
      return http
    },
    get generations() {
      return running.generations
    },
    addPerson,
    post,
    /** A form as the panel sends it. */
    submit: (person: TestPerson, picture: Buffer, { key, ...spec }: Partial<GenerationSpec> & { key?: string } = {}) =>
      post(person, form(aSpec(spec), [picture]), key),
    get: (person: TestPerson, url: string) => http.inject({ url, headers: person.headers }),
    async generation(person: TestPerson, id: string): Promise<Generation> {
      return (await http.inject({ url: `/v1/generations/${id}`, headers: person.headers })).json()
    },
    async balance(person: TestPerson): Promise<{ available: number; held: number }> {
      return (await http.inject({ url: '/v1/balance', headers: person.headers })).json()
    },
    revoke(person: TestPerson) {
      for (const listener of revocations) listener(person)
    },
    /** A kill and a new start on what is in the database and on the disk. With `undead`, the old process goes on. */
    async restart({ undead = false } = {}) {
      if (!undead) running.kill()
      await http.close()
      running = startProcess()
      http = await buildRoutes(running.generations)
      await running.generations.recover()
      await running.generations.start()
    },
    /** Every file in the data folder with its bytes; the database's own among them. */
    async files(): Promise<{ path: string; bytes: Buffer }[]> {
      const entries = await readdir(dir, { recursive: true, withFileTypes: true })
      const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
      return Promise.all(paths.map(async path => ({ path, bytes: await readFile(path) })))
    },
    async close() {
      await http.close()
      const stopped = running.generations.stop({ graceMs: 0 })
      clock.advance(0)
      await stopped
      await blobs.close()
      await close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
export type TestApp = Awaited<ReturnType<typeof testApp>>

export const aSpec = (change: Partial<GenerationSpec> = {}): GenerationSpec => ({
  model: 'local-restyle',
  prompt: 'ink',
  negative: '',
  sources: [{ role: 'subject', weight: 100 }],
  options: { aspect: 'source', size: '512', seed: 7 },
  price: 1,
  ...change,
})

export const form = (spec: GenerationSpec | string, files: Buffer[]): Part[] => [
  { name: 'spec', value: typeof spec === 'string' ? spec : JSON.stringify(spec) },
  ...files.map(bytes => ({ name: 'source', filename: 'source-1', type: 'image/png', bytes })),
]

/** POST /v1/generations, for `inject`. */
export function submission(headers: Record<string, string>, parts: Part[], key: string = randomUUID()) {
  const { body, contentType } = multipart(parts)
  return {
    method: 'POST' as const,
    url: '/v1/generations',
    headers: { 'idempotency-key': key, 'content-type': contentType, ...headers },
    payload: body,
  }
}

export const aPicture = (
  width = 48,
  height = 32,
  background: Color = '#3060c0',
  format: 'png' | 'jpeg' | 'webp' = 'png',
) =>
  sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer()
