/** What a prompt's words ask of the on-device model: pure data, English and Japanese. look.ts reads it. */

export interface Words {
  /** Whole words; a plural s may follow. */
  en: readonly string[]
  /** Found anywhere: Japanese writes no spaces. */
  ja: readonly string[]
}

/** Words that name an effect, and hints that choose it only when nothing is named. */
export interface EffectWords {
  names: Words
  hints: Words
}

const none: Words = { en: [], ja: [] }

export const effectWords = {
  ink: {
    names: { en: ['ink', 'sumi', 'sumi-e', 'sumie', 'ink wash', 'calligraphy'], ja: ['墨', '水墨', '書道'] },
    hints: { en: ['zen'], ja: ['筆', '禅', '和風'] },
  },
  line: {
    names: {
      en: ['line drawing', 'line art', 'lineart', 'pen drawing', 'outline', 'colouring book', 'coloring book'],
      ja: ['線画', 'ペン画', '輪郭', '塗り絵', 'ぬりえ'],
    },
    hints: { en: ['line', 'pen'], ja: ['線', 'ペン'] },
  },
  pencil: {
    names: {
      en: ['pencil', 'graphite', 'charcoal', 'hatching', 'sketch', 'sketched'],
      ja: ['鉛筆', 'えんぴつ', '木炭', '素描', 'デッサン', 'スケッチ'],
    },
    hints: { en: ['drawing', 'drawn'], ja: ['手描き'] },
  },
  watercolour: {
    names: { en: ['watercolour', 'watercolor', 'water colour', 'water color', 'aquarelle'], ja: ['水彩'] },
    hints: { en: ['wash', 'wet'], ja: ['にじみ', '淡彩'] },
  },
  poster: {
    names: {
      en: ['poster', 'posterised', 'posterized', 'screen print', 'screenprint', 'silkscreen', 'pop art', 'cutout'],
      ja: ['ポスター', 'シルクスクリーン', 'ポップアート', '切り絵'],
    },
    hints: { en: ['flat', 'vector', 'graphic'], ja: ['フラット', 'ベクター', '平面'] },
  },
  halftone: {
    names: {
      en: ['halftone', 'half-tone', 'comic', 'newspaper', 'newsprint', 'screentone', 'riso', 'risograph', 'manga'],
      ja: ['ハーフトーン', '網点', '新聞', 'コミック', '漫画', 'マンガ', 'リソグラフ', 'スクリーントーン'],
    },
    hints: { en: ['dot', 'dotted', 'printed'], ja: ['水玉', '印刷'] },
  },
  pixel: {
    names: {
      en: ['pixel', 'pixel art', 'pixelated', 'pixelart', '8-bit', '8 bit', '16-bit', '16 bit', 'sprite'],
      ja: ['ピクセル', 'ドット絵', '8ビット', '16ビット', 'ファミコン'],
    },
    hints: { en: ['retro game', 'video game', 'mosaic'], ja: ['レトロゲーム', 'ゲーム', 'モザイク'] },
  },
  noir: {
    names: { en: ['noir', 'film noir'], ja: ['ノワール'] },
    hints: {
      en: ['black and white', 'black-and-white', 'monochrome', 'b&w'],
      ja: ['モノクロ', '白黒'],
    },
  },
  paint: {
    names: {
      en: [
        'paint',
        'painted',
        'painting',
        'painterly',
        'oil',
        'oils',
        'impasto',
        'gouache',
        'acrylic',
        'impressionist',
      ],
      ja: ['油絵', '油彩', '絵の具', '絵具', 'アクリル', 'ガッシュ', '厚塗り', '印象派', '絵画'],
    },
    hints: none,
  },
} as const satisfies Record<string, EffectWords>

/** Opposite pairs: the first list counts +1, the second -1. */
export const modifierWords = {
  warmth: {
    up: {
      en: ['warm', 'warmer', 'cosy', 'cozy', 'sunset', 'golden hour'],
      ja: ['暖か', '温か', '暖色', '夕焼け', '夕日'],
    },
    down: { en: ['cool', 'cooler', 'cold', 'icy', 'winter'], ja: ['涼し', '冷た', '寒色', 'クール', '冬'] },
  },
  light: {
    up: { en: ['light', 'lighter', 'bright', 'brighter', 'airy', 'sunny'], ja: ['明る', '淡い', '爽やか', 'さわやか'] },
    down: { en: ['dark', 'darker', 'moody', 'gloomy', 'deep', 'shadowy'], ja: ['暗', '重厚', '深い', 'ダーク'] },
  },
  bold: {
    up: {
      en: ['bold', 'strong', 'dramatic', 'rough', 'thick', 'big'],
      ja: ['大胆', '力強', '太', '荒', '粗', 'ダイナミック'],
    },
    down: {
      en: ['soft', 'softer', 'gentle', 'delicate', 'fine', 'subtle'],
      ja: ['柔らか', 'やわらか', '優し', 'やさし', '繊細', '細か'],
    },
  },
} as const satisfies Record<string, { up: Words; down: Words }>

/** Colour worlds; what they do to colours stands in colour/palettes.ts. */
export const paletteWords = {
  mono: {
    en: ['black and white', 'black-and-white', 'monochrome', 'b&w', 'grey', 'gray', 'newspaper', 'newsprint', 'manga'],
    ja: ['モノクロ', '白黒', 'グレー', '灰色', '新聞', '漫画', 'マンガ'],
  },
  sepia: { en: ['sepia', 'vintage', 'antique'], ja: ['セピア', 'レトロ調', '昭和'] },
  pastel: { en: ['pastel', 'muted', 'faded'], ja: ['パステル', 'くすみ'] },
  vivid: {
    en: ['vivid', 'colourful', 'colorful', 'vibrant', 'neon'],
    ja: ['鮮やか', 'カラフル', 'ビビッド', 'ネオン'],
  },
  rose: { en: ['pink', 'rose', 'sakura', 'cherry blossom'], ja: ['桜', 'ピンク', '薔薇'] },
  red: { en: ['red', 'crimson', 'scarlet'], ja: ['赤', '紅色', '朱'] },
  gold: { en: ['gold', 'golden', 'amber', 'autumn', 'yellow'], ja: ['金', '琥珀', '秋', '紅葉', '黄'] },
  green: { en: ['green', 'forest', 'moss', 'matcha'], ja: ['緑', '森', '苔', '抹茶'] },
  sea: { en: ['teal', 'sea', 'ocean', 'turquoise', 'aqua'], ja: ['海', '水色', 'ターコイズ'] },
  blue: { en: ['blue', 'indigo', 'navy', 'night', 'moonlight'], ja: ['青', '藍', '紺', '夜', '月光'] },
  violet: { en: ['violet', 'purple', 'lavender'], ja: ['紫', 'ラベンダー', '藤'] },
} as const satisfies Record<string, Words>

export type EffectName = keyof typeof effectWords
export type PaletteName = keyof typeof paletteWords
