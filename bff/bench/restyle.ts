import sharp from 'sharp'
import { hash } from '../restyle/imaging/noise.ts'
import type { Picture } from '../restyle/order.ts'
import { restyle } from '../restyle/restyle.ts'
import { evening, paintedPicture, weave } from '../restyle/test/pictures.ts'

/** Both are measured by turns in each round; the median ratio counts. */
const rounds = 3

/** Large enough that nothing has to be invented at the largest size. */
const sourceWidth = 2048
const sourceHeight = 1536

/** A photo has grain, which makes encoding it slower. */
const grainy = (u: number, v: number) => {
  const grain = hash(u * sourceWidth, v * sourceHeight, 1) * 12 - 6
  const [red, green, blue] = evening(u, v)
  return [red + grain, green + grain, blue + grain] as const
}

/**
 * The on-device model on one thread, from encoded source to encoded result, against sharp only decoding, scaling and
 * encoding the same picture to the same size. `goal` is the least ratio of megapixels per second.
 */
export async function benchRestyle() {
  const subject = await paintedPicture({ width: sourceWidth, height: sourceHeight, painter: grainy })
  const style = await paintedPicture({ width: 1024, height: 1024, painter: weave, role: 'style' })
  const rows = []
  for (const { name, pictures, side, goal } of [
    { name: 'restyle, painting, 1,024 px', pictures: [subject], side: 1024, goal: 0.05 },
    { name: 'restyle, painting, 2,048 px', pictures: [subject], side: 2048, goal: 0.05 },
    { name: 'restyle, two pictures, 1,024 px', pictures: [subject, style], side: 1024, goal: 0.05 },
    { name: 'restyle, two pictures, 2,048 px', pictures: [subject, style], side: 2048, goal: 0.05 },
  ])
    rows.push({ name, ...(await compare(pictures, side)), unit: 'Mpx/s', goal: `at least ${goal}` })
  return rows
}

async function compare(pictures: Picture[], width: number) {
  const height = Math.round((width * sourceHeight) / sourceWidth)
  const megapixels = (width * height) / 1e6
  const ours = () => restyle({ prompt: '', pictures, width, height, seed: 1 }, () => {})
  const bare = () => sharp(pictures[0]!.bytes).resize(width, height).png().toBuffer()
  await ours()
  await bare()
  const measured = []
  for (let round = 0; round < rounds; round++)
    measured.push({ bare: megapixels / (await seconds(bare)), ours: megapixels / (await seconds(ours)) })
  return {
    value: median(measured.map(round => round.ours)),
    against: `sharp alone (${median(measured.map(round => round.bare)).toFixed(1)} Mpx/s)`,
    ratio: median(measured.map(round => round.ours / round.bare)),
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const median = (values: number[]) => values.toSorted((one, two) => one - two)[Math.floor(values.length / 2)]!
