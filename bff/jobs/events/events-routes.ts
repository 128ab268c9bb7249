import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ProblemError } from '../../contract/problems.ts'
import type { Database } from '../../db/database.ts'
import { sendEventStream } from '../../http/event-stream.ts'
import type { Timers } from '../timers.ts'
import { personEvents } from './person-events.ts'
import type { Signals } from './signals.ts'
import { createStreams } from './streams.ts'

interface EventRouteDeps {
  database: Database
  signals: Signals
  timers: Timers
  /** Calls back when a session has ended; answers how to stop listening. */
  onRevoked: (listener: (revoked: { familyId: string }) => void) => () => void
}

/** Longest life of a stream: its client comes back with a token that is looked at again. */
const longestLifeMs = 15 * 60 * 1000

/** GET /v1/events: a faster hint beside polling. */
export const eventRoutes =
  ({ database, signals, timers, onRevoked }: EventRouteDeps): FastifyPluginAsyncTypebox =>
  async app => {
    const streams = createStreams()
    const forget = onRevoked(({ familyId }) => streams.endFamily(familyId))
    app.addHook('preClose', async () => {
      forget()
      streams.endAll()
    })

    app.get('/v1/events', { config: { access: 'person' }, exposeHeadRoute: false }, (request, reply) => {
      const cursor = readCursor(request.headers['last-event-id'])
      const { signal, close } = streams.open(request.person)
      const cancel = timers.after(longestLifeMs, close)
      const items = personEvents({ database, signals, timers, personId: request.person.id, cursor, signal })
      return sendEventStream(reply, items, () => {
        cancel()
        close()
      })
    })
  }

function readCursor(lastEventId: string | string[] | undefined): number | null {
  if (lastEventId === undefined || lastEventId === '') return null
  const cursor = /^\d{1,15}$/.test(String(lastEventId)) ? Number(lastEventId) : Number.NaN
  if (Number.isNaN(cursor)) throw new ProblemError('invalid_request')
  return cursor
}
