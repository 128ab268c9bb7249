import type { Model } from '../../../bff/contract/models.ts'
import { eachLanguage } from '../../../bff/contract/values.ts'

/** A model that makes pictures from up to two others, for tests. */
export const model: Model = {
  id: 'maker-fine',
  kind: 'image',
  name: { ...eachLanguage(() => 'Fine'), ja: 'ファイン' },
  about: eachLanguage(() => ''),
  maker: { ...eachLanguage(() => 'Maker'), ja: 'メーカー' },
  via: null,
  country: 'US',
  policy: null,
  note: null,
  status: 'live',
  successor: null,
  availability: 'ready',
  pictures: { min: 1, max: 2, roles: ['subject', 'style'], maxSide: 1024 },
  promptMax: 4000,
  sizes: [
    { name: '512', longSide: 512 },
    { name: '1K', longSide: 1024 },
    { name: '4K', longSide: 4096 },
  ],
  aspects: ['source', '1:1'],
  options: { seed: true, negative: false, transparent: false, qualities: [], maxCount: 4 },
  price: { base: 7, perSize: { '512': 0, '1K': 0, '4K': 17 }, perQuality: { low: 1, high: 2.5 }, perPicture: 2 },
  usualMs: 1,
}
