import sharp from 'sharp'

export interface Point {
  x: number
  y: number
}

export interface Picture {
  width: number
  height: number
  /** Red, green, blue, opacity of each pixel, row by row. */
  pixels: Buffer
}

/** Reads XWD, X's own format: a head of 25 numbers, a table of colours, then blue, green, red and nothing per pixel. */
export function readScreen(xwd: Buffer): Picture {
  const head = (index: number) => xwd.readUInt32BE(index * 4)
  const [width, height, rowBytes] = [head(4), head(5), head(12)]
  const start = head(0) + head(19) * 12
  const pixels = Buffer.alloc(width * height * 4, 255)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = start + y * rowBytes + x * 4
      const to = (y * width + x) * 4
      pixels[to] = xwd[from + 2] ?? 0
      pixels[to + 1] = xwd[from + 1] ?? 0
      pixels[to + 2] = xwd[from] ?? 0
    }
  return { width, height, pixels }
}

export async function readPicture(file: string): Promise<Picture> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, pixels: data }
}

/** The middle of every place where the opaque pixels of `small` stand in `large`, exactly. */
export function findPicture(large: Picture, small: Picture): Point[] {
  const opaque = [...small.pixels.keys()].filter(at => at % 4 === 0 && small.pixels[at + 3] === 255)
  const standsAt = (left: number, top: number) =>
    opaque.every(at => {
      const [x, y] = [(at / 4) % small.width, Math.floor(at / 4 / small.width)]
      const there = ((top + y) * large.width + left + x) * 4
      return [0, 1, 2].every(channel => large.pixels[there + channel] === small.pixels[at + channel])
    })
  const found: Point[] = []
  for (let y = 0; y <= large.height - small.height; y++)
    for (let x = 0; x <= large.width - small.width; x++)
      if (standsAt(x, y)) found.push({ x: x + small.width / 2, y: y + small.height / 2 })
  return found
}

export const savePicture = ({ width, height, pixels }: Picture, file: string) =>
  sharp(pixels, { raw: { width, height, channels: 4 } })
    .png()
    .toFile(file)
