/** The small flat ones: a pattern, a moving picture, the magazine's mark. */
import sharp from 'sharp'
import { waveAt } from './waves.ts'

const drawing = (width: number, height: number, content: string) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${content}</svg>`,
    ),
  )

/** A sheet from a pattern book: waves in two inks. */
export async function wavePattern(): Promise<Record<string, Buffer>> {
  const [width, height, fine] = [720, 360, 2]
  const inks = [
    [244, 239, 228],
    [45, 74, 138],
    [167, 184, 212],
  ] as const
  const pixels = new Uint8Array(width * fine * height * fine * 3)
  for (let y = 0, i = 0; y < height * fine; y++) {
    for (let x = 0; x < width * fine; x++, i += 3) {
      const { radius, row, column } = waveAt(x / fine / 60, y / fine / 60 + 0.31)
      const ring = Math.floor(radius * 4.999)
      const ink = ring % 2 === 0 ? ((row + column) % 3 === 0 && ring < 4 ? 2 : 1) : 0
      pixels.set(inks[ink]!, i)
    }
  }
  const bytes = await sharp(pixels, { raw: { width: width * fine, height: height * fine, channels: 3 } })
    .resize(width, height)
    .png({ palette: true, colours: 48 })
    .toBuffer()
  return { 'waves.png': bytes }
}

const tides = [
  { y: 118, swell: 7, long: 160, way: 1, ink: '#9db9cf' },
  { y: 138, swell: 9, long: 160, way: -1, ink: '#6d92b6' },
  { y: 160, swell: 11, long: 320, way: 1, ink: '#43699b' },
  { y: 186, swell: 12, long: 320, way: -1, ink: '#2d4a8a' },
  { y: 214, swell: 10, long: 320, way: 1, ink: '#1d2f5e' },
]

function tide(part: number): string {
  const turn = part * 2 * Math.PI
  const waves = tides.map(({ y, swell, long, way, ink }, n) => {
    let path = 'M0 240'
    for (let x = 0; x <= 320; x += 8) {
      const at = (x / long) * 2 * Math.PI + way * turn + n
      path += `L${x} ${(y + swell * Math.sin(at) - 5 * Math.sin(turn + n * 0.6)).toFixed(1)}`
    }
    return `<path d="${path}L320 240Z" fill="${ink}"/>`
  })
  const sail = 152 + 7 * Math.sin(turn + 2) - 5 * Math.sin(turn + 1.2)
  const heel = 5 * Math.cos(turn + 2)
  const boat = `<g transform="translate(196 ${sail.toFixed(1)}) rotate(${heel.toFixed(1)})"><path d="M-3-50V-8H-30Z" fill="#c93a22"/><path d="M1-42V-8H20Z" fill="#f4efe4"/><path d="M-34-5H30L20 9H-24Z" fill="#3a2420"/></g>`
  return `<rect width="320" height="240" fill="#f4e3c8"/><circle cx="92" cy="78" r="34" fill="#e88a5c"/>${waves.slice(0, 2).join('')}${boat}${waves.slice(2).join('')}`
}

/** The tide, in a loop. */
export async function movingTide(): Promise<Record<string, Buffer>> {
  const count = 16
  const frames = Array.from({ length: count }, (_, i) =>
    drawing(320, 240, tide(i / count))
      .png()
      .toBuffer(),
  )
  const bytes = await sharp(await Promise.all(frames), { join: { animated: true } })
    .gif({ delay: Array.from({ length: count }, () => 130), loop: 0, colours: 24, dither: 0 })
    .toBuffer()
  return { 'tide.gif': bytes }
}

const seal = `<rect width="48" height="48" rx="11" fill="#c93a22"/><g fill="none" stroke="#fff" stroke-width="3.6" stroke-linecap="round">
  <path d="M8 21c5.3-5 10.7-5 16 0s10.7 5 16 0M8 30c5.3-5 10.7-5 16 0s10.7 5 16 0M8 39c5.3-5 10.7-5 16 0s10.7 5 16 0"/></g><circle cx="33" cy="11" r="4" fill="#fff"/>`

/** The mark beside the name, and a large one for print. */
export async function mark(): Promise<Record<string, Buffer>> {
  const [small, large] = [drawing(48, 48, seal), drawing(48, 48, seal).resize(240)]
  return { 'mark.png': await small.png().toBuffer(), 'mark-print.png': await large.png({ palette: true }).toBuffer() }
}
