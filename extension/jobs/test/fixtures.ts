import type { Generation } from '../../../bff/contract/generations.ts'
import type { Picture } from '../../../bff/contract/library.ts'

/** A well-formed id per small number. */
export const idOf = (n: number): string => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const picture = (n: number, change: Partial<Picture> = {}): Picture => ({
  id: idOf(n),
  kind: 'image',
  generationId: idOf(n + 1000),
  model: 'local/restyle',
  prompt: `picture ${n}`,
  options: { aspect: '1:1', size: '1K', seed: n, quality: null, count: 1, transparent: false },
  mime: 'image/png',
  width: 1024,
  height: 1024,
  bytes: 1000,
  favourite: false,
  createdAt: 1_000_000 + n,
  ...change,
})

export const generation = (n: number, change: Partial<Generation> = {}): Generation => ({
  id: idOf(n + 1000),
  kind: 'image',
  model: 'local/restyle',
  prompt: `picture ${n}`,
  negative: '',
  options: { aspect: '1:1', size: '1K', seed: n, quality: null, count: 1, transparent: false },
  state: 'queued',
  progress: null,
  ahead: 0,
  price: 1,
  charged: null,
  width: 1024,
  height: 1024,
  usualMs: 14_000,
  createdAt: 1_000_000 + n,
  startedAt: null,
  endedAt: null,
  problem: null,
  problemParams: {},
  pictures: [],
  reading: null,
  ...change,
})

export const done = (n: number, change: Partial<Picture> = {}): Generation =>
  generation(n, { state: 'done', endedAt: 2_000_000 + n, pictures: [picture(n, change)] })
