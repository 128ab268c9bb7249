import Fastify from 'fastify'
import { request } from 'undici'

/** The least a thin backend can do: takes a JSON request, sends it on with a key, hands the answer back. Stores nothing. */
const provider = process.env.PROVIDER_URL
const app = Fastify()
app.post('/generate', async ({ body }, reply) => {
  const answer = await request(`${provider}/images/generations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer key' },
    body: JSON.stringify(body),
  })
  return reply.code(answer.statusCode).type('application/json').send(answer.body)
})
await app.listen({ host: '127.0.0.1', port: 0 })
process.send?.((app.server.address() as { port: number }).port)
