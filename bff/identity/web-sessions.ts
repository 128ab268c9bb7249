import type { FastifyRequest } from 'fastify'
import type { Reader, Trx } from '../db/database.ts'
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

interface WebSession {
  /** The SHA-256 of the cookie: a name for the session that signs nobody in. */
  id: string
  personId: string
  /** Not noted as seen for a while: call `touch`. */
  stale: boolean
}

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

export interface WebSessions {
  /** A new session and the value of its cookie; the one it replaces ends, so no id survives a sign-in. */
  start(trx: Trx, personId: string, from: Visit): Promise<string>
  find(db: Reader, cookie: string): Promise<WebSession | null>
  touch(trx: Trx, id: string): Promise<void>
  end(trx: Trx, id: string): Promise<void>
  /** Forgets sessions that no cookie can use any more. */
  sweep(trx: Trx): Promise<void>
}

export function createWebSessions({ now }: { now: () => number }): WebSessions {
  const { idle, absolute } = lifetimes.webSession

  return {
    async start(trx, personId, { cookie: replaced, browser }) {
      if (replaced) await trx.deleteFrom('web_session').where('id_hash', '=', hashOf(replaced)).execute()
      const cookie = newSecret()
      await trx
        .insertInto('web_session')
        .values({
          id_hash: hashOf(cookie),
          person_id: personId,
          created_at: now(),
          seen_at: now(),
          expires_at: now() + absolute,
          browser,
        })
        .execute()
      return cookie
    },

    async find(db, cookie) {
      const row = await db
        .selectFrom('web_session')
        // Without a key there is no account any more, whatever else is left of it.
        .innerJoin('person_key', 'person_key.person_id', 'web_session.person_id')
        .select(['web_session.id_hash', 'web_session.person_id', 'web_session.seen_at'])
        .where('web_session.id_hash', '=', hashOf(cookie))
        .where('web_session.expires_at', '>', now())
        .where('web_session.seen_at', '>', now() - idle)
        .executeTakeFirst()
      if (!row) return null
      return { id: row.id_hash, personId: row.person_id, stale: now() - row.seen_at > lifetimes.webSessionTouch }
    },

    async touch(trx, id) {
      await trx.updateTable('web_session').set({ seen_at: now() }).where('id_hash', '=', id).execute()
    },

    async end(trx, id) {
      await trx.deleteFrom('web_session').where('id_hash', '=', id).execute()
    },

    async sweep(trx) {
      await trx
        .deleteFrom('web_session')
        .where(eb => eb.or([eb('expires_at', '<=', now()), eb('seen_at', '<=', now() - idle)]))
        .execute()
    },
  }
}
