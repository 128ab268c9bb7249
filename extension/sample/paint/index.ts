import sharp from 'sharp'

/** Paints one subject and answers its files by name. */
type Painting = () => Promise<Record<string, Buffer>>

const wash = (width: number, height: number, [top, bottom]: [string, string]) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><linearGradient id="g" x2=".3" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/><circle cx="60%" cy="40%" r="12%" fill="${bottom}"/></svg>`,
    ),
  )

export const paintings: Painting[] = [
  async () => ({
    'lake.jpg': await wash(1600, 1067, ['#e8a87c', '#20304f'])
      .withMetadata({ orientation: 1 })
      .withExifMerge({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 12/1 0/1' } })
      .jpeg()
      .toBuffer(),
  }),
  async () => ({ 'textile.jpg': await wash(900, 900, ['#1c2f5c', '#d9b86c']).jpeg().toBuffer() }),
  async () => ({ 'fruit.jpg': await wash(1080, 810, ['#5a2e1c', '#e7b24c']).jpeg().toBuffer() }),
  async () => ({ 'city.png': await wash(900, 720, ['#1b2040', '#7a4a6a']).png().toBuffer() }),
  async () => ({ 'bust.jpg': await wash(768, 1024, ['#d8d2c8', '#6b655c']).jpeg().toBuffer() }),
  async () => ({ 'leaves.webp': await wash(900, 675, ['#b9402e', '#e7b24c']).webp().toBuffer() }),
  async () => ({ 'tide.gif': await wash(320, 200, ['#5c7f67', '#e9e1c4']).gif().toBuffer() }),
  async () => ({ 'pebbles.jpg': await wash(900, 600, ['#7d8790', '#c9c2b4']).jpeg().toBuffer() }),
  async () => ({ 'night.jpg': await wash(900, 600, ['#0c1428', '#3a5a8a']).jpeg().toBuffer() }),
  async () => ({ 'dunes.avif': await wash(900, 600, ['#e8c79a', '#8a5a3c']).avif().toBuffer() }),
  async () => ({ 'waves.png': await wash(640, 320, ['#2d4a8a', '#e9eef8']).png().toBuffer() }),
  async () => ({ 'moon.png': await wash(360, 360, ['#1d2440', '#f2ede4']).png().toBuffer() }),
  async () => ({
    'dawn-320.jpg': await wash(320, 214, ['#f7d9a8', '#41537b']).jpeg().toBuffer(),
    'dawn-640.jpg': await wash(640, 427, ['#f7d9a8', '#41537b']).jpeg().toBuffer(),
    'dawn-1280.jpg': await wash(1280, 854, ['#f7d9a8', '#41537b']).jpeg().toBuffer(),
  }),
  async () => ({ 'mark.png': await wash(48, 48, ['#c93a22', '#fbeae5']).png().toBuffer() }),
]
