import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import multipart from '@fastify/multipart'
import Fastify from 'fastify'
import sharp from 'sharp'
import { aPicture, aSpec, form, testApp } from '../test/app.ts'
import { createFakeProvider } from '../test/fake-provider.ts'
import { multipart as encode } from '../test/multipart.ts'

/** Every round measures both on the same machine in the same mood; the median ratio counts. */
const rounds = 5
const connections = 16

interface Target {
  origin: string
  headers: Record<string, string>
  body: Buffer
}

/**
 * POST /v1/generations with everything it does (checks, decoding, sealing, hold, one durable commit, and the worker taking
 * the jobs meanwhile) against a Fastify handler that only reads the same bytes. `goal` is the least ratio.
 */
export async function benchAccept() {
  const rows = []
  for (const { name, picture, requests, goal } of [
    { name: 'accept, small picture', picture: await aPicture(64, 64), requests: 160, goal: 0.15 },
    { name: 'accept, photo of a megapixel', picture: await aPhoto(), requests: 32, goal: 0.05 },
  ])
    rows.push({ name, ...(await compare(picture, requests)), unit: 'accepted/s', goal: `at least ${goal}` })
  return rows
}

async function compare(picture: Buffer, requests: number) {
  const { body, contentType } = encode(form(aSpec(), [picture]))
  const provider = createFakeProvider({ instant: await aPicture(64, 64) })
  const app = await testApp({ provider, limits: { openJobsPerPerson: 1_000_000 } })
  const bare = await bareApp()
  const stopClock = setInterval(() => app.clock.advance(10), 10)
  try {
    const person = await app.addPerson({ credits: 1_000_000 })
    const headers = { ...person.headers, 'content-type': contentType }
    const ours = { origin: await app.http.listen({ host: '127.0.0.1', port: 0 }), headers, body }
    const theirs = { origin: await bare.listen({ host: '127.0.0.1', port: 0 }), headers, body }
    for (const target of [theirs, ours]) await perSecond(target, requests) // warm up
    const measured = []
    for (let round = 0; round < rounds; round++) {
      measured.push({ bare: await perSecond(theirs, requests), ours: await perSecond(ours, requests) })
      await app.generations.idle()
    }
    return {
      value: median(measured.map(round => round.ours)),
      against: `bare multipart handler (${Math.round(median(measured.map(round => round.bare)))}/s)`,
      ratio: median(measured.map(round => round.ours / round.bare)),
    }
  } finally {
    clearInterval(stopClock)
    await bare.close()
    await app.close()
  }
}

/** Reads the form into memory and says yes. */
async function bareApp() {
  const app = Fastify({ bodyLimit: 32 * 1024 * 1024 })
  await app.register(multipart)
  app.post('/v1/generations', async (form, reply) => {
    let bytes = 0
    for await (const part of form.parts()) if (part.type === 'file') bytes += (await part.toBuffer()).length
    return reply.code(202).send({ bytes })
  })
  return app
}

async function perSecond(target: Target, requests: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let left = requests
  const start = performance.now()
  const sendAll = async () => {
    while (left-- > 0) await send(target, agent)
  }
  await Promise.all(Array.from({ length: connections }, sendAll))
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  return requests / seconds
}

function send({ origin, headers, body }: Target, agent: Agent): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const call = request(`${origin}/v1/generations`, {
    method: 'POST',
    agent,
    headers: { ...headers, 'content-length': body.length, 'idempotency-key': randomUUID() },
  })
  call.on('error', reject)
  call.on('response', answer => {
    answer.resume()
    answer.on('end', () => (answer.statusCode === 202 ? resolve() : reject(new Error(`Answer ${answer.statusCode}`))))
  })
  call.end(body)
  return promise
}

const aPhoto = () => {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 }
  return sharp({ create: { width: 1200, height: 900, channels: 3, background: '#888', noise } })
    .jpeg()
    .toBuffer()
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
