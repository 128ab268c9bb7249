import type { FastifyRequest } from 'fastify'
import type { Database, Trx } from '../db/database.ts'
import { hashOf, newSecret } from '../http/secrets.ts'
import { browserName } from './browser-name.ts'
import { lifetimes } from './lifetimes.ts'

/** Set and read by the backend alone; `__Host-` makes browsers insist on Secure, path / and no Domain. */
export const sessionCookie = '__Host-mimicit-session'
export const sessionCookieOptions = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
  maxAge: lifetimes.webSession.absolute / 1000,
} as const

/** What is known of the browser that asks. */
export interface Visit {
  /** The session cookie it came with. */
  cookie: string | undefined
  /** Its family and major version. */
  browser: string | null
}

export const visitOf = ({ cookies, headers }: FastifyRequest): Visit => ({
  cookie: cookies[sessionCookie],
  browser: browserName(headers['user-agent']),
})

/** Sign-ins of browsers. A session is named by the SHA-256 of its cookie, which signs nobody in. */
export function createWebSessions({ database, now }: { database: Database; now: () => number }) {
  const { idle, absolute } = lifetimes.webSession
  return {
    /** A new session and the value of its cookie; the one it replaces ends, so no id survives a sign-in. */
    async startSession(trx: Trx, personId: string, { cookie: replaced, browser }: Visit): Promise<string> {
      if (replaced) await trx.deleteFrom('web_session').where('id_hash', '=', hashOf(replaced)).execute()
      const cookie = newSecret()
      const times = { created_at: now(), seen_at: now(), expires_at: now() + absolute }
      await trx
        .insertInto('web_session')
        .values({ id_hash: hashOf(cookie), person_id: personId, browser, ...times })
        .execute()
      return cookie
    },

    async authenticateSession(cookie: string | undefined): Promise<{ id: string; sessionId: string } | null> {
      if (!cookie) return null
      const row = await database.read
        .selectFrom('web_session')
        // Without a key there is no account any more, whatever else is left of it.
        .innerJoin('person_key', 'person_key.person_id', 'web_session.person_id')
        .select(['web_session.id_hash', 'web_session.person_id', 'web_session.seen_at'])
        .where('web_session.id_hash', '=', hashOf(cookie))
        .where('web_session.expires_at', '>', now())
        .where('web_session.seen_at', '>', now() - idle)
        .executeTakeFirst()
      if (!row) return null
      if (now() - row.seen_at > lifetimes.webSessionTouch)
        await database.write(trx =>
          trx.updateTable('web_session').set({ seen_at: now() }).where('id_hash', '=', row.id_hash).execute(),
        )
      return { id: row.person_id, sessionId: row.id_hash }
    },

    async endSession(id: string): Promise<void> {
      await database.write(trx => trx.deleteFrom('web_session').where('id_hash', '=', id).execute())
    },

    /** Forgets sessions that no cookie can use any more. */
    async sweepSessions(trx: Trx): Promise<void> {
      await trx
        .deleteFrom('web_session')
        .where(eb => eb.or([eb('expires_at', '<=', now()), eb('seen_at', '<=', now() - idle)]))
        .execute()
    },
  }
}
