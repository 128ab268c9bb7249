import type { FastifyInstance, InjectOptions } from 'fastify'
import { origin } from './app.ts'

/** A browser with its own cookies, against an app that does not listen. Redirects are followed only by `follow`. */
export function createBrowser({ app }: { app: Pick<FastifyInstance, 'inject'> }) {
  const cookies = new Map<string, string>()
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

  const send = async (options: InjectOptions & { url: string }) => {
    const answer = await app.inject({
      ...options,
      headers: {
        host: new URL(origin).host,
        ...(cookies.size > 0 && { cookie: cookieHeader() }),
        ...options.headers,
      },
    })
    for (const { name, value, expires } of answer.cookies) {
      if (expires?.getTime() === 0) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }

  const get = (url: string, headers: Record<string, string> = {}) =>
    send({ url: url.startsWith(origin) ? url.slice(origin.length) : url, headers })

  const browser = {
    cookies,
    cookieHeader,
    get,
    /** As a page of our own sends a form. */
    post: (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      send({
        method: 'POST',
        url,
        payload: new URLSearchParams(fields).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: 'null',
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      }),

    /** Answers the questions that come before an account, if `answer` leads to them; answers the last redirect. */
    async answer(answer: Awaited<ReturnType<typeof send>>, age = 'adult') {
      const url = answer.headers.location
      if (!url?.startsWith('/welcome?')) return answer
      const attempt = fieldOf((await get(url)).body, 'attempt')
      return browser.post('/welcome', { attempt, age, makers: 'yes' })
    },

    /** Adds a local account on the embedded page at `authorizeUrl`; answers the address of the callback. */
    async addAccount(authorizeUrl: string, account = ada) {
      const added = await browser.post(authorizeUrl.replace('/authorize?', '/add?'), account)
      return added.headers.location as string
    },

    /** Signs in as a new local account; answers the last redirect. */
    async signIn(account = ada, next = '/') {
      const started = await get(`/sign-in?${new URLSearchParams({ next })}`)
      return browser.answer(await get(await browser.addAccount(started.headers.location as string, account)))
    },
  }
  return browser
}

export const ada = { name: 'Ada', email: 'ada@example.test' }

/** The value of a hidden field. */
export const fieldOf = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
