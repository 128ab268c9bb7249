import type { Bitmap } from '../imaging/bitmap.ts'
import { mainColours, nearest } from '../imaging/clusters.ts'
import { nameOf } from './colour-names.ts'
import { type Phrase, phrase } from './phrase.ts'

const clusters = 8
/** Share of the picture from which a colour belongs to its main ones. */
const mainShare = 0.14
const accentShare = 0.015
/** Mean chroma (Oklab) up to which there is no colour, hardly any, not much; from `vivid` on there is a lot. */
const none = 0.007
const grey = 0.022
const muted = 0.06
const vivid = 0.13
const accent = 0.1

/** Which colours a picture has, how strong they are, and whether they are warm or cool. */
export function describeColours(bitmap: Bitmap): Phrase[] {
  const { a, b } = bitmap
  let chroma = 0
  let warm = 0
  let cool = 0
  for (let i = 0; i < a.length; i++) {
    const strength = Math.hypot(a[i]!, b[i]!)
    chroma += strength
    // Warm are the hues from magenta over red to yellow, cool those from green over blue to violet.
    if (strength > none) {
      if (a[i]! + b[i]! > 0) warm += strength
      else cool += strength
    }
  }
  chroma /= a.length
  const names = mainNames(bitmap)
  if (chroma < none) return [phrase('black and white', 'モノクロ'), names]
  return [names, ...strengthOf(chroma), ...(chroma < grey ? [] : temperature(warm, cool))]
}

function strengthOf(chroma: number): Phrase[] {
  if (chroma < grey) return [phrase('hardly any colour', '色味はごくわずか')]
  if (chroma < muted) return [phrase('muted colours', '落ち着いた色合い')]
  return chroma > vivid ? [phrase('vivid colours', '鮮やかな色')] : []
}

function temperature(warm: number, cool: number): Phrase[] {
  const share = warm / (warm + cool)
  if (share > 0.8) return [phrase('warm palette', '暖色系')]
  if (share < 0.2) return [phrase('cool palette', '寒色系')]
  return share > 0.35 && share < 0.65 ? [phrase('warm against cool colours', '暖色と寒色の対比')] : []
}

const inWords = new Intl.ListFormat('en-GB')

interface Named {
  name: Phrase
  share: number
  chroma: number
}

/** "navy blue and slate blue, accents of amber": at most three main colours and two accents. */
function mainNames(bitmap: Bitmap): Phrase {
  const found = namedShares(bitmap).sort((one, two) => two.share - one.share)
  const large = found.filter(({ share }) => share >= mainShare).slice(0, 3)
  const main = large.length > 0 ? large : found.slice(0, 1)
  const accents = found
    .filter(item => !main.includes(item) && item.share >= accentShare && item.chroma > accent)
    .sort((one, two) => two.chroma - one.chroma)
    .slice(0, 2)
  const listed = (items: Named[]) =>
    phrase(inWords.format(items.map(({ name }) => name.en)), items.map(({ name }) => name.ja).join('と'))
  const { en, ja } = listed(main)
  if (accents.length === 0) return phrase(en, ja)
  const more = listed(accents)
  return phrase(`${en} with accents of ${more.en}`, `${ja}に${more.ja}のアクセント`)
}

/** Clusters that people would call the same are one. */
function namedShares(bitmap: Bitmap): Named[] {
  const colours = mainColours(bitmap, clusters, 1)
  const counts = colours.map(() => 0)
  for (let i = 0; i < bitmap.l.length; i++) counts[nearest(colours, bitmap.l[i]!, bitmap.a[i]!, bitmap.b[i]!)]!++
  const byName = new Map<string, Named>()
  for (const [k, colour] of colours.entries()) {
    const name = nameOf(colour)
    const share = counts[k]! / bitmap.l.length
    const chroma = Math.hypot(colour[1], colour[2])
    const same = byName.get(name.en)
    if (same) Object.assign(same, { share: same.share + share, chroma: Math.max(same.chroma, chroma) })
    else byName.set(name.en, { name, share, chroma })
  }
  return [...byName.values()]
}
