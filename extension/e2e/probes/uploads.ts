import type { Page } from 'puppeteer'

export interface Upload {
  spec: string
  /** The pictures, as they left the panel. */
  pictures: { name: string; bytes: Buffer }[]
}

/** Keeps what the panel uploads from now on; the answer waits for nothing and gives the newest. */
export async function watchUploads(panel: Page): Promise<() => Promise<Upload>> {
  await panel.evaluate(() => {
    const real = window.fetch
    window.fetch = (input, init) => {
      if (init?.body instanceof FormData) Object.assign(window, { lastForm: init.body })
      return real(input, init)
    }
  })
  return async () => {
    const { spec, pictures } = await panel.evaluate(async () => {
      const { lastForm } = window as unknown as { lastForm?: FormData }
      if (!lastForm) throw new Error('Nothing was uploaded.')
      const parts = lastForm.getAll('source') as File[]
      const read = async (part: File) => ({ name: part.name, bytes: (await part.bytes()).toBase64() })
      return { spec: String(lastForm.get('spec')), pictures: await Promise.all(parts.map(read)) }
    })
    return { spec, pictures: pictures.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes, 'base64') })) }
  }
}
