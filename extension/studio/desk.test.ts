import { describe, expect, test } from 'vitest'
import type { Model } from '../../bff/contract/models.ts'
import { noEdits } from '../sources/edit/edits.ts'
import type { Slot, SlotState } from '../sources/slot.ts'
import { modelFor, noChoices, optionsFor } from './choices.ts'
import { priceOf } from './price.ts'
import { promptLength } from './readiness.ts'
import { deskOf } from './submit/desk.ts'

const model: Model = {
  id: 'maker-fine',
  kind: 'image',
  name: { en: 'Fine', ja: 'ファイン' },
  about: { en: '', ja: '' },
  maker: { en: 'Maker', ja: 'メーカー' },
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

const ready: SlotState = { kind: 'ready', width: 10, height: 10, bytes: 1, animated: false }
const slot = (id: string, state: SlotState = ready): Slot => ({
  id,
  role: 'subject',
  weight: 100,
  name: '',
  origin: { kind: 'file' },
  state,
  edits: noEdits,
})

const lying = {
  model,
  choices: noChoices,
  slots: [slot('a')],
  account: { status: 'signed-in' as const, balance: { available: 50, free: 50, paid: 0, held: 0 } },
}

describe('the price', () => {
  test('is base + size by quality, each picture after the first, and the whole for each result', () => {
    expect(priceOf(model.price, { size: '1K' }, 0)).toBe(7)
    expect(priceOf(model.price, { size: '1K' }, 1)).toBe(7)
    expect(priceOf(model.price, { size: '4K' }, 3)).toBe(28)
    expect(priceOf(model.price, { size: '1K', quality: 'high' }, 2)).toBe(20)
    expect(priceOf(model.price, { size: '1K', quality: 'high', count: 3 }, 2)).toBe(60)
  })

  test('counts the pictures the model uses, not those it leaves', () => {
    const slots = [slot('a'), slot('b'), slot('c'), slot('d', { kind: 'failed', reason: 'gone' })]
    expect(deskOf({ ...lying, slots }).price).toBe(9)
  })
})

describe('choices', () => {
  test('nobody made are the model’s usual ones', () => {
    expect(optionsFor(model, noChoices)).toEqual({ aspect: 'source', size: '1K' })
  })

  test('a model does not offer give way to what it does', () => {
    const choices = { ...noChoices, aspect: '16:9', size: '2K', seed: 5 } as const
    expect(optionsFor({ ...model, options: { ...model.options, seed: false } }, choices)).toEqual({ aspect: 'source', size: '1K' })
    expect(optionsFor(model, { ...choices, size: '4K' })).toEqual({ aspect: 'source', size: '4K', seed: 5 })
  })

  test('of a retired model stay, so that it can be said; else the first live one counts', () => {
    const retired: Model = { ...model, id: 'old', status: 'retired' }
    expect(modelFor([retired, model], noChoices)?.id).toBe('maker-fine')
    expect(modelFor([retired, model], { ...noChoices, modelId: 'old' })?.id).toBe('old')
    expect(modelFor([retired, model], { ...noChoices, modelId: 'unheard-of' })?.id).toBe('maker-fine')
  })
})

describe('Generate', () => {
  const readiness = (change: Partial<Parameters<typeof deskOf>[0]>) => deskOf({ ...lying, ...change }).readiness

  test('is ready with a picture and enough credits; words are optional', () => {
    expect(readiness({})).toEqual({ kind: 'ready' })
  })

  test.each([
    [
      'an unknown session',
      { account: { ...lying.account, status: 'unknown' as const } },
      { kind: 'wait', reason: 'session' },
    ],
    ['a person signed out', { account: { status: 'signed-out' as const, balance: null } }, { kind: 'sign_in' }],
    ['no catalogue', { model: undefined }, { kind: 'wait', reason: 'models' }],
    ['no picture', { slots: [] }, { kind: 'wait', reason: 'picture' }],
    [
      'only a failed picture',
      { slots: [slot('a', { kind: 'failed', reason: 'gone' })] },
      { kind: 'wait', reason: 'picture' },
    ],
    [
      'a picture being read',
      { slots: [slot('a'), slot('b', { kind: 'reading' })] },
      { kind: 'wait', reason: 'reading' },
    ],
    ['a retired model', { model: { ...model, status: 'retired' as const } }, { kind: 'wait', reason: 'retired' }],
    [
      'too long a prompt',
      { choices: { ...noChoices, prompt: '🙂'.repeat(4001) } },
      { kind: 'wait', reason: 'too_long' },
    ],
    [
      'too few credits',
      { account: { status: 'signed-in' as const, balance: { available: 4, free: 4, paid: 0, held: 0 } } },
      { kind: 'credits', have: 4, need: 7 },
    ],
  ])('with %s says what is missing', (_, change, expected) => {
    expect(readiness(change)).toEqual(expected)
  })

  test('is another wish when a picture was edited, so that the old copy is not sent again', () => {
    const edits = { crop: { x: 0, y: 0, width: 16, height: 16 }, blurs: [] }
    const before = deskOf(lying).asked?.slots
    expect(deskOf({ ...lying, slots: [{ ...slot('a'), edits }] }).asked?.slots).not.toEqual(before)
    expect(deskOf({ ...lying, slots: [slot('a')] }).asked?.slots).toEqual(before)
  })

  test('leaves an unknown balance to the backend', () => {
    expect(readiness({ account: { status: 'signed-in', balance: null } })).toEqual({ kind: 'ready' })
  })

  test('needs words or a picture where a model takes none', () => {
    const words = { ...model, pictures: { ...model.pictures, min: 0 } }
    expect(readiness({ model: words, slots: [] })).toEqual({ kind: 'wait', reason: 'words' })
    expect(readiness({ model: words, slots: [], choices: { ...noChoices, prompt: 'a boat' } })).toEqual({
      kind: 'ready',
    })
  })

  test('counts code points, as the backend does', () => {
    expect(promptLength('🙂🙂')).toBe(2)
  })
})
