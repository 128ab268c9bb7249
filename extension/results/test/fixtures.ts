import type { Generation } from '../../../bff/contract/generations.ts'
import type { Picture } from '../../../bff/contract/library.ts'

/** A well-formed id per small number. */
export const idOf = (n: number): string => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`

export const picture = (n: number, change: Partial<Picture> = {}): Picture => ({
  id: idOf(n),
  generationId: idOf(n + 1000),
  model: 'local/restyle',
  prompt: `picture ${n}`,
  options: { aspect: '1:1', size: '1K', seed: n },
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
  model: 'local/restyle',
  prompt: `picture ${n}`,
  options: { aspect: '1:1', size: '1K', seed: n },
  state: 'queued',
  progress: null,
  ahead: 0,
  price: 1,
  width: 1024,
  height: 1024,
  usualMs: 14_000,
  createdAt: 1_000_000 + n,
  startedAt: null,
  endedAt: null,
  problem: null,
  picture: null,
  ...change,
})

export const done = (n: number, change: Partial<Picture> = {}): Generation =>
  generation(n, { state: 'done', endedAt: 2_000_000 + n, picture: picture(n, change) })
