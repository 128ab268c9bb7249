import { randomUUIDv7 } from 'node:crypto'
import type { HTTPMethods } from 'fastify'
import { describe, expect, test } from 'vitest'
import { aPicture, aSpec, form, submission } from '../test/app.ts'
import { changes, setUpRoutes } from '../test/route-table.ts'

const canary = 'https://canary.example/page?token=93175'
const fields = ['url', 'title', 'referrer', 'tab', 'pageUrl'] as const

describe('[P18] no address, title or referrer of a page is taken', () => {
  test('no route takes an address, a title or a referrer, in its query or in JSON; and nothing of it stays', async () => {
    const { app, ada, table, rows, log } = await setUpRoutes()
    const routes = table.filter(({ url }) => url.startsWith('/v1/') && !url.startsWith('/v1/webhooks/'))
    expect(routes.length).toBeGreaterThan(10)
    const taken: string[] = []
    for (const route of routes) {
      const method = route.method as HTTPMethods
      const url = route.url.replace(':id', randomUUIDv7())
      for (const field of fields) {
        const query = `${url}?${field}=${encodeURIComponent(canary)}`
        const tries = changes(route)
          ? [
              { url: query, payload: {} },
              { url, payload: { [field]: canary } },
            ]
          : [{ url: query }]
        for (const sent of tries) {
          const { statusCode } = await app.inject({ method, headers: ada.headers, ...sent })
          // 415: this route takes forms only.
          if (statusCode !== 400 && statusCode !== 415) taken.push(`${route.name} with ${field}: ${statusCode}`)
        }
      }
    }
    expect(taken).toEqual([])
    expect(JSON.stringify([rows(), log])).not.toContain('canary')
  })

  test.each(fields)('a form with the field %s is refused, beside the spec and in it', async field => {
    const { app, ada, rows } = await setUpRoutes()
    const before = rows()
    const picture = await aPicture()
    const forms = [
      [...form(aSpec(), [picture]), { name: field, value: canary }],
      [{ name: field, value: canary }, ...form(aSpec(), [picture])],
      form({ ...aSpec(), [field]: canary }, [picture]),
      form({ ...aSpec(), sources: aSpec().sources.map(source => ({ ...source, [field]: canary })) }, [picture]),
    ]
    for (const parts of forms) {
      const answer = await app.inject(submission(ada.headers, parts))
      expect(answer.statusCode).toBe(400)
      expect(answer.body).not.toContain('canary')
    }
    expect(rows().job).toEqual(before.job)
    expect(JSON.stringify(rows())).not.toContain('canary')
  })
})
