import sharp from 'sharp'

export interface Painted {
  type: string
  bytes: Buffer
}

const types: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  heic: 'image/heic',
}

/** As far as a telephone's photograph is told by its first bytes; Chrome opens none of them. */
const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(2000)])

const finished = new Map<string, Promise<Painted>>()

/**
 * The picture that a file name stands for: its format by the ending, its colours by the name, its size by `-<w>x<h>`
 * (240 x 160 without). GIF and WebP move. A drawing without a size in its name states none itself.
 */
export function paint(file: string): Promise<Painted> {
  const known = finished.get(file) ?? paintNow(file)
  finished.set(file, known)
  return known
}

async function paintNow(file: string): Promise<Painted> {
  const [, name = '', width, height, ending = ''] = /^(.+?)(?:-(\d+)x(\d+))?\.(\w+)$/.exec(file) ?? []
  const type = types[ending]
  if (!type) throw new Error(`No picture is called "${file}".`)
  const seed = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65521, 7)
  if (ending === 'heic') return { type, bytes: heic }
  if (ending === 'svg') return { type, bytes: Buffer.from(draw(seed, width, height)) }
  const size = { width: Number(width ?? 240), height: Number(height ?? 160) }
  const frames = ending === 'gif' || ending === 'webp' ? [seed, seed + 1] : [seed]
  const pictures = await Promise.all(frames.map(frame => quarters(frame, size)))
  const joined = pictures.length > 1 ? sharp(pictures, { join: { animated: true } }) : sharp(pictures[0])
  return { type, bytes: await joined.toFormat(ending as 'png').toBuffer() }
}

/** Four quarters in four colours, so that a turned, cut or mixed-up picture is another one. */
function quarters(seed: number, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const colours = [1, 2, 3, 4].flatMap(part =>
    [seed * part, seed * 7 * part, seed * 13 * part].map(value => value % 256),
  )
  return sharp(Buffer.from(colours), { raw: { width: 2, height: 2, channels: 3 } })
    .resize(width, height, { kernel: 'nearest' })
    .png({ compressionLevel: 1 })
    .toBuffer()
}

function draw(seed: number, width?: string, height?: string): string {
  const size = width ? ` width="${width}" height="${height}"` : ''
  const shape = `<rect width="30" height="20" fill="hsl(${seed % 360} 60% 50%)"/><circle cx="9" cy="7" r="5"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"${size}>${shape}</svg>`
}
