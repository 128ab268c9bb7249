import type { Page } from 'puppeteer'
import sharp from 'sharp'

/** Bytes of a result as the signed-in panel may read them from the backend. */
export async function resultBytes(panel: Page, origin: string, pictureId: string): Promise<Buffer> {
  const base64 = await panel.evaluate(async (url: string) => {
    const { access } = await chrome.storage.session.get('access')
    const token = JSON.stringify(access).match(/[\w-]{43}/)?.[0]
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' })
    return btoa(Array.from(new Uint8Array(await answer.arrayBuffer()), byte => String.fromCharCode(byte)).join(''))
  }, `${origin}/v1/pictures/${pictureId}/file`)
  return Buffer.from(base64, 'base64')
}

/** How different two pictures look: mean difference per channel, 0 to 255, both shrunk to one small size. */
export async function difference(a: Buffer | string, b: Buffer | string): Promise<number> {
  const small = (picture: Buffer | string) =>
    sharp(picture).autoOrient().resize(96, 96, { fit: 'fill' }).removeAlpha().toColourspace('srgb').raw().toBuffer()
  const [x, y] = await Promise.all([small(a), small(b)])
  return x.reduce((sum, value, index) => sum + Math.abs(value - (y[index] ?? 0)), 0) / x.length
}
