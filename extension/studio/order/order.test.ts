import { describe, expect, test } from 'vitest'
import type { Model } from '../../../bff/contract/models.ts'
import { priceOf } from '../../../bff/contract/values.ts'
import { type Account, account } from '../../account/store.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { model } from '../../catalogue/test/model.ts'
import type { Slot } from '../../sources/slots/slot.ts'
import { sourcesStore } from '../../sources/store.ts'
import { slot } from '../../sources/test/slot.ts'
import { emptyParts, withOwnWords } from '../prompt/parts/parts.ts'
import { studioStore } from '../store.ts'
import { type Choices, modelFor, noChoices, optionsFor } from './choices.ts'
import { orderStore, readinessStore } from './current.ts'
import { isOrderOf } from './order.ts'
import { promptLength } from './readiness.ts'

interface Lying {
  model: Model | undefined
  choices: Choices
  slots: readonly Slot[]
  account: Partial<Account>
}

/** What lies ready with this on the panel; else one picture, nothing chosen, and 50 credits. */
const lying = (change: Partial<Lying> = {}) => {
  const lies: Lying = {
    model,
    choices: noChoices,
    slots: [slot('a')],
    account: { status: 'signed-in', balance: { available: 50, free: 50, paid: 0, held: 0 } },
    ...change,
  }
  modelsStore.setState({ list: lies.model ? [lies.model] : null })
  // A chosen one that was switched off stays chosen.
  studioStore.setState({ ...lies.choices, modelId: lies.model?.id ?? null })
  sourcesStore.setState({ slots: lies.slots })
  account.setState(lies.account)
  return { order: orderStore.getState(), readiness: readinessStore.getState() }
}

describe('the price', () => {
  test('is base + size by quality, each picture after the first, and the whole for each result', () => {
    expect(priceOf(model.price, { size: '1K', quality: null, count: 1 }, 0)).toBe(7)
    expect(priceOf(model.price, { size: '1K', quality: null, count: 1 }, 1)).toBe(7)
    expect(priceOf(model.price, { size: '4K', quality: null, count: 1 }, 3)).toBe(28)
    expect(priceOf(model.price, { size: '1K', quality: 'high', count: 1 }, 2)).toBe(20)
    expect(priceOf(model.price, { size: '1K', quality: 'high', count: 3 }, 2)).toBe(60)
  })

  test('counts the pictures the model uses, not those it leaves', () => {
    const slots = [slot('a'), slot('b'), slot('c'), slot('d', { state: { kind: 'failed', reason: 'gone' } })]
    expect(lying({ slots }).order?.price).toBe(9)
  })
})

describe('choices', () => {
  const usual = { aspect: 'source', size: '1K', seed: null, quality: null, count: 1, transparent: false }

  test('nobody made are the model’s usual ones', () => {
    expect(optionsFor(model, noChoices)).toEqual(usual)
  })

  test('a model does not offer give way to what it does', () => {
    const choices = { ...noChoices, aspect: '16:9', size: '2K', seed: 5 } as const
    expect(optionsFor({ ...model, options: { ...model.options, seed: false } }, choices)).toEqual(usual)
    expect(optionsFor(model, { ...choices, size: '4K' })).toEqual({ ...usual, size: '4K', seed: 5 })
  })

  test('name the quality that is shown, and several results only where the model makes them', () => {
    const options = { ...model.options, qualities: ['low', 'high'], transparent: true }
    const fine = { ...model, options }
    expect(optionsFor(fine, noChoices)).toEqual({ ...usual, quality: 'low' })
    const choices = { ...noChoices, quality: 'high', count: 9, transparent: true }
    expect(optionsFor(fine, choices)).toMatchObject({ quality: 'high', count: 4, transparent: true })
    expect(optionsFor(model, { ...choices, count: 1 })).toEqual(usual)
  })

  test('nobody made never fall on a model that reads, or that needs a key', () => {
    const reader: Model = { ...model, id: 'reader', kind: 'reading' }
    const closed: Model = { ...model, id: 'closed', availability: 'needs_key' }
    expect(modelFor([reader, closed, model], noChoices)?.id).toBe('maker-fine')
    expect(modelFor([reader, closed, model], { ...noChoices, modelId: 'reader' })?.id).toBe('maker-fine')
    expect(modelFor([reader, closed, model], { ...noChoices, modelId: 'closed' })?.id).toBe('closed')
  })

  test('of a retired model stay, so that it can be said; else the first live one counts', () => {
    const retired: Model = { ...model, id: 'old', status: 'retired' }
    expect(modelFor([retired, model], noChoices)?.id).toBe('maker-fine')
    expect(modelFor([retired, model], { ...noChoices, modelId: 'old' })?.id).toBe('old')
    expect(modelFor([retired, model], { ...noChoices, modelId: 'unheard-of' })?.id).toBe('maker-fine')
  })
})

describe('the words of a press', () => {
  const parts = withOwnWords(emptyParts, { subject: 'a boat', style: 'ink', negative: 'people' })

  test('are those on show: the parts joined, or the text', () => {
    const choices = { ...noChoices, parts, prompt: 'a text of my own' }
    expect(lying({ choices }).order?.prompt).toBe('a text of my own')
    expect(lying({ choices: { ...choices, view: 'parts' } }).order?.prompt).toBe('a boat. ink')
  })

  test('to keep out go only to a model that takes them', () => {
    const knows = { ...model, options: { ...model.options, negative: true } }
    expect(lying({ choices: { ...noChoices, parts } }).order?.negative).toBe('')
    expect(lying({ model: knows, choices: { ...noChoices, parts } }).order?.negative).toBe('people')
  })
})

describe('the draft of a job', () => {
  const choices = { ...noChoices, prompt: 'a boat', count: 2 }
  const job = {
    model: 'maker-fine',
    prompt: 'a boat',
    negative: '',
    options: { aspect: 'source', size: '1K', seed: 3, quality: null, count: 2, transparent: false },
    price: 14,
  } as const

  test('is known by all that a job remembers', () => {
    const isStill = (change: object) => isOrderOf(lying({ choices }).order!, { ...job, ...change })
    expect(isStill({})).toBe(true)
    expect(isStill({ prompt: 'a ship' })).toBe(false)
    expect(isStill({ negative: 'people' })).toBe(false)
    expect(isStill({ model: 'another' })).toBe(false)
    expect(isStill({ price: 7, options: { ...job.options, count: 1 } })).toBe(false)
  })
})

describe('Generate', () => {
  const readiness = (change: Partial<Lying>) => lying(change).readiness

  test('is ready with a picture and enough credits; words are optional', () => {
    expect(readiness({})).toEqual({ kind: 'ready' })
  })

  test.each([
    ['an unknown session', { account: { status: 'unknown' as const } }, { kind: 'wait', reason: 'session' }],
    ['a person signed out', { account: { status: 'signed-out' as const, balance: null } }, { kind: 'sign_in' }],
    ['no catalogue', { model: undefined }, { kind: 'wait', reason: 'models' }],
    ['no picture', { slots: [] }, { kind: 'wait', reason: 'picture' }],
    [
      'only a failed picture',
      { slots: [slot('a', { state: { kind: 'failed', reason: 'gone' } })] },
      { kind: 'wait', reason: 'picture' },
    ],
    [
      'a picture being read',
      { slots: [slot('a'), slot('b', { state: { kind: 'loading' } })] },
      { kind: 'wait', reason: 'loading' },
    ],
    [
      'a model without a key',
      { model: { ...model, availability: 'needs_key' as const } },
      { kind: 'wait', reason: 'needs_key' },
    ],
    [
      'more words than the model takes',
      { model: { ...model, promptMax: 5 }, choices: { ...noChoices, prompt: 'a boat' } },
      { kind: 'wait', reason: 'too_long' },
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
    const before = lying().order?.pictures
    expect(lying({ slots: [slot('a', { edits })] }).order?.pictures).not.toEqual(before)
    expect(lying({ slots: [slot('a')] }).order?.pictures).toEqual(before)
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
