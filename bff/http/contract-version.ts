import type { FastifyInstance } from 'fastify'
import { contractVersion } from '../contract/values.ts'
import { sendProblem } from './problems.ts'

/** [C108] A client that says it speaks another version of the contract is told so before anything happens. */
export function registerContractVersion(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const version = request.headers['x-mimicit-contract']
    if (version !== undefined && version !== String(contractVersion)) return sendProblem(reply, 'update_needed')
  })
}
