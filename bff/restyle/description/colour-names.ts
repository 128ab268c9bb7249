import { type Lab, labOfLinear } from '../imaging/oklab.ts'
import { type Phrase, phrase } from './phrase.ts'

/** What people call colours; each stands for all that are nearer to it than to the others. */
const table: readonly (readonly [hex: string, en: string, ja: string])[] = [
  ['0c0c0e', 'black', '黒'],
  ['3a3b3d', 'charcoal grey', '濃いグレー'],
  ['7f8081', 'grey', 'グレー'],
  ['bdbebf', 'light grey', '明るいグレー'],
  ['fafafa', 'white', '白'],
  ['f4ead2', 'cream', 'クリーム色'],
  ['d5c2a0', 'beige', 'ベージュ'],
  ['857568', 'taupe', '灰褐色'],
  ['b9863c', 'ochre', '黄土色'],
  ['7b4c2b', 'brown', '茶色'],
  ['3a2519', 'dark brown', 'こげ茶色'],
  ['b6583b', 'terracotta', 'テラコッタ色'],
  ['8e3b1c', 'rust', 'さび色'],
  ['c8202b', 'red', '赤'],
  ['8e1029', 'crimson', '深紅'],
  ['551126', 'burgundy', 'ワインレッド'],
  ['ef775e', 'coral', 'コーラル'],
  ['f4ac96', 'salmon pink', 'サーモンピンク'],
  ['ea7a1c', 'orange', 'オレンジ色'],
  ['dd9c20', 'amber', '琥珀色'],
  ['f2d631', 'yellow', '黄色'],
  ['f6ee9f', 'pale yellow', '淡い黄色'],
  ['9ccb3b', 'lime green', '黄緑'],
  ['6c6b2b', 'olive', 'オリーブ色'],
  ['a0af8d', 'sage green', 'くすんだ黄緑'],
  ['2f8f3f', 'green', '緑'],
  ['1e452b', 'dark green', '深緑'],
  ['a9dcc1', 'mint', 'ミント色'],
  ['17787b', 'teal', '青緑'],
  ['b5d0d3', 'pale teal', '淡い青緑'],
  ['3dbab6', 'turquoise', 'ターコイズ'],
  ['bbddef', 'pale blue', '水色'],
  ['6fb2e1', 'sky blue', '空色'],
  ['2761c5', 'blue', '青'],
  ['172a56', 'navy blue', '紺色'],
  ['66798d', 'slate blue', '青みのあるグレー'],
  ['3a3a86', 'indigo', '藍色'],
  ['5c4a7a', 'dusky violet', 'くすんだ青紫'],
  ['7b3fb1', 'violet', '紫'],
  ['b9a7de', 'lavender', 'ラベンダー色'],
  ['662a58', 'plum', '濃い赤紫'],
  ['c2288d', 'magenta', 'マゼンタ'],
  ['ef9fbe', 'pink', 'ピンク'],
  ['f6d5da', 'pale pink', '淡いピンク'],
  ['c65a77', 'rose', 'ローズ色'],
  ['957b97', 'mauve', 'くすんだ紫'],
]

const linear = (byte: number) => {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function labOf(hex: string): Lab {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map(at => linear(Number.parseInt(hex.slice(at, at + 2), 16)))
  return labOfLinear(r, g, b)
}

const named = table.map(([hex, en, ja]) => ({ lab: labOf(hex), name: phrase(en, ja) }))

/** Hue tells names apart more than lightness does. */
const hueWeight = 3

/** The name of a colour. */
export function nameOf([l, a, b]: Lab): Phrase {
  const off = ({ lab }: (typeof named)[number]) =>
    (lab[0] - l) ** 2 + hueWeight * ((lab[1] - a) ** 2 + (lab[2] - b) ** 2)
  return named.reduce((best, next) => (off(next) < off(best) ? next : best)).name
}
