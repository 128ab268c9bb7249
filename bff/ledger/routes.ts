import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem } from '../contract/common.ts'
import { Balance } from '../contract/credits.ts'
import type { Database } from '../db/database.ts'
import type { Ledger } from './ledger.ts'

export const balanceRoutes =
  ({ database, ledger }: { database: Database; ledger: Ledger }): FastifyPluginAsyncTypebox =>
  async app => {
    app.get(
      '/v1/balance',
      { config: { access: 'person' }, schema: { response: { 200: Balance, 401: Problem } } },
      async request => ledger.balance(database.read, request.person.id),
    )
  }
