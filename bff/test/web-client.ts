/**
 * A browser without a screen for tests against a listening backend: keeps cookies, follows redirects, fills in forms.
 */
export interface Page {
  url: string
  status: number
  html: string
}

/** Only for what hangs: on a busy machine everything takes long. */
export const hangsMs = 120_000

export function createWebClient(origin: string) {
  const cookies = new Map<string, string>()

  async function request(url: URL, init: RequestInit = {}): Promise<Page> {
    const headers = new Headers(init.headers)
    if (cookies.size) headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(hangsMs) })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (!name) continue
      if (value === '' || /max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value ?? '')
    }
    const location = answer.headers.get('location')
    if (location) return request(new URL(location, url))
    return { url: url.href, status: answer.status, html: await answer.text() }
  }

  return {
    get: (path: string) => request(new URL(path, origin)),
    /** Submits the first form whose HTML has `text`, by the button that has it if one does; `fields` are typed in. */
    submit(page: Page, text: string, fields: Record<string, string> = {}) {
      for (const [form, attributes = '', body = ''] of page.html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
        if (!form.includes(text)) continue
        const values = new URLSearchParams()
        for (const [input] of body.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
          values.set(attribute(input, 'name') ?? '', attribute(input, 'value') ?? '')
        const buttons = [...body.matchAll(/(<button[^>]*>)([\s\S]*?)<\/button>/g)]
        const pressed = buttons.find(([button]) => button.includes(text))?.[1]
        const name = pressed && attribute(pressed, 'name')
        if (name) values.set(name, attribute(pressed, 'value') ?? '')
        for (const [field, value] of Object.entries(fields)) values.set(field, value)
        return request(new URL(attribute(attributes, 'action') ?? page.url, page.url), {
          method: 'POST',
          body: values,
          headers: { origin, 'sec-fetch-site': 'same-origin' },
        })
      }
      throw new Error(`No form with "${text}" at ${page.url}:\n${page.html}`)
    },
  }
}

function attribute(tag: string, name: string): string | undefined {
  const text = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return text
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
