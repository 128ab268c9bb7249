/** Indigo-dyed cloth with waves woven in gold thread. */
import { clamp, colour, createCanvas, develop, mix, mixColour, smoothstep } from './canvas.ts'
import { fbm, hash, noise } from './noise.ts'
import { waveAt, waveRing } from './waves.ts'

const size = 900
/** Width of a thread in pixels. */
const thread = 5
/** Half the width of a wave in pixels. */
const wave = 165

const dark = colour('#101a38')
const blue = colour('#27437c')
const pale = colour('#a9bcd8')
const undyed = colour('#d9dde2')
const gold = colour('#c8962e')
const glint = colour('#ffe9a8')

/** How deep the dye went in, 0..1: pale clouds where the cloth was bound. */
function dye(x: number, y: number): number {
  const cloud = 0.5 + 0.9 * fbm(x * 2.1 + 0.4 * noise(x * 5, y * 5, 3), y * 2.1, 4, 21)
  return clamp(0.22 + 0.8 * cloud)
}

/** Height of the soft folds the cloth lies in. */
const foldAt = (x: number, y: number) => fbm((x + 0.55 * y) / 520 + 0.3, (y - 0.4 * x) / 1500, 2, 4)

export async function indigoCloth(): Promise<Record<string, Buffer>> {
  const canvas = createCanvas(size, size)
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      // The folds bend the threads and catch the light.
      const fold = foldAt(px, py)
      const x = px + 34 * fold + 2.5 * noise(px / 70, py / 70, 6)
      const y = py + 22 * fbm(px / 800, py / 620 + 7, 2, 5) + 2.5 * noise(px / 70, py / 70, 7)
      const relief = foldAt(px + 8, py + 6) - fold
      const light = 0.95 + relief * 17 + 0.22 * (1 - (px + py) / size)

      const warp = Math.floor(x / thread)
      const weft = Math.floor(y / thread)
      const alongX = x / thread - warp - 0.5
      const alongY = y / thread - weft - 0.5
      // Twill: each weft goes over two warps and under two, one further in every row.
      const over = (((warp + weft) % 4) + 4) % 4 < 2
      const [u, v] = [(x - 90) / wave, (y + 60) / wave]
      const { column, row, radius } = waveAt(u, v)
      // Two waves in three are gold; the others are woven in undyed thread.
      const kind = hash(column, row, 31) < 0.66 ? 'gold' : 'plain'
      const drawn = waveRing(radius, kind === 'gold' ? 0.17 : 0.1) > 0.35

      const across = over || drawn ? alongY : alongX
      const along = over || drawn ? x : y
      const id = over || drawn ? weft * 2 : warp * 2 + 1
      const round = Math.sqrt(Math.max(0, 1 - 3.4 * across * across))
      const twist = 0.5 + 0.5 * Math.sin(along * 0.85 + across * 5 + hash(id, 0, 12) * 6.3)
      const tint = 0.86 + 0.28 * hash(id, 1, 12) + 0.1 * noise(along / 40, id, 13)
      const i = (py * size + px) * 3
      if (drawn && kind === 'gold') {
        const shine = Math.max(0, round * (0.35 + 0.75 * twist) * (light - 0.1)) ** 3
        const metal = mixColour(gold, glint, clamp(shine * 0.8))
        const lit = (0.25 + 0.85 * round) * light * tint * (1 + 0.5 * shine)
        canvas.rgb.set([metal[0] * lit, metal[1] * lit, metal[2] * lit], i)
      } else {
        const depth = dye(x / size, y / size)
        const dyed = depth < 0.5 ? mixColour(pale, blue, depth * 2) : mixColour(blue, dark, depth * 2 - 1)
        const cotton = drawn ? mixColour(dyed, undyed, 0.7) : dyed
        const under = over || drawn ? 1 : 0.82
        // A gold line stands above the cloth and throws a small shadow.
        const shadow = drawn ? 1 : 1 - 0.4 * smoothstep(0.1, 0.5, waveRing(waveAt(u - 0.012, v - 0.02).radius, 0.2))
        const lit = mix(0.22, 1.05, round) * (0.8 + 0.3 * twist) * tint * light * under * shadow
        canvas.rgb.set([cotton[0] * lit, cotton[1] * lit, cotton[2] * lit], i)
      }
    }
  }
  const bytes = await develop(canvas, { grain: 3, vignette: 0.3 }).jpeg({ quality: 80, mozjpeg: true }).toBuffer()
  return { 'textile.jpg': bytes }
}
