import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Billing } from '../../../bff/contract/billing.ts'
import type { Generation } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import { account } from '../../account/store.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { model } from '../../catalogue/test/model.ts'
import { refreshCredits, saveLimits } from '../../credits/store.ts'
import { billing } from '../../credits/test/fixtures.ts'
import { results } from '../../jobs/jobs.ts'
import { generation } from '../../jobs/test/fixtures.ts'
import { ApiProblem, type ApiProblemCode } from '../../platform/api/problem.ts'
import { sessionItem } from '../../platform/storage/items.ts'
import { installFakeChrome } from '../../platform/test/fake-chrome.ts'
import { sourcesStore } from '../../sources/store.ts'
import { slot } from '../../sources/test/slot.ts'
import { noChoices } from '../order/choices.ts'
import { reading } from '../reading/reading.ts'
import { readingStore } from '../reading/reading-store.ts'
import { setModel, setReader, studioStore } from '../store.ts'
import { making } from './making.ts'
import { rememberedStore } from './remembered.ts'

const { api, backend } = vi.hoisted(() => {
  /** What the backend says to the next press, and what it knows. */
  const backend = {
    answer: (): Promise<Generation> | Generation => Promise.reject(new Error('Nothing was said.')),
    billing: undefined as Billing | undefined,
    models: [] as Model[],
  }
  const api = {
    generate: vi.fn(async () => backend.answer()),
    models: vi.fn(async () => ({ models: backend.models })),
    balance: vi.fn(async () => backend.billing?.balance),
    billing: vi.fn(async () => backend.billing),
    purchases: vi.fn(async () => ({ purchases: [] })),
    setLimits: vi.fn(async () => {}),
  }
  return { api, backend }
})
vi.mock('../../platform/api/api.ts', () => ({ api }))
vi.mock('../../sources/prepare.ts', () => ({
  PrepareError: class extends Error {},
  preparePictures: async () => ({ specs: [], blobs: [] }),
}))
vi.mock('../draft/start.ts', () => {
  const intent = { current: async () => null, keep: async () => {} }
  return { draftKeeper: Promise.resolve({ intentOf: () => intent }) }
})

const other: Model = { ...model, id: 'other' }
const reader: Model = { ...model, id: 'reader', kind: 'reading' }
const otherReader: Model = { ...reader, id: 'other-reader' }
const balance = (available: number) => ({ available, free: available, paid: 0, held: 0 })

const presses = [
  { name: 'making', press: making, chooseOther: () => setModel(other.id) },
  { name: 'reading', press: reading, chooseOther: () => setReader(otherReader.id) },
]

let stops: (() => void)[] = []
let chrome: ReturnType<typeof installFakeChrome>

beforeEach(() => {
  chrome = installFakeChrome()
  vi.clearAllMocks()
  vi.stubGlobal('window', new EventTarget())
  backend.models = [model, other, reader, otherReader]
  backend.billing = billing(50)
  modelsStore.setState({ list: backend.models, problem: null })
  studioStore.setState({ ...noChoices, modelId: model.id, readerId: reader.id, prompt: 'a boat' }, true)
  sourcesStore.setState({ slots: [slot('a')] })
  account.setState({ status: 'signed-in', balance: balance(50) })
  readingStore.setState(readingStore.getInitialState(), true)
  results.empty()
  rememberedStore.setState({ acknowledged: [{ maker: model.maker.en, country: model.country, at: 1 }] })
  stops = presses.map(({ press }) => press.start())
})
afterEach(() => {
  for (const stop of stops) stop()
  for (const { press } of presses) press.forget()
  vi.unstubAllGlobals()
})

const refuse = (code: ApiProblemCode) => {
  backend.answer = () => Promise.reject(new ApiProblem(code, 400))
}

describe.each(presses)('$name', ({ press, chooseOther }) => {
  const note = () => press.store.getState().problem?.code ?? null
  const refusedWith = async (code: ApiProblemCode) => {
    refuse(code)
    expect(await press.submit()).toBe(false)
    expect(note()).toBe(code)
  }

  describe('[C127] what is said of a refusal goes with its cause', () => {
    test.each(['offline', 'unreachable'] as const)('%s: the line is back', async code => {
      await refusedWith(code)
      window.dispatchEvent(new Event('online'))
      expect(note()).toBeNull()
    })

    test('signed_out: somebody has signed in', async () => {
      await refusedWith('signed_out')
      account.setState({ status: 'signed-out' })
      account.setState({ status: 'signing-in' })
      expect(note()).toBe('signed_out')
      account.setState({ status: 'signed-in' })
      expect(note()).toBeNull()
    })

    test('model_retired: another model is chosen', async () => {
      await refusedWith('model_retired')
      chooseOther()
      expect(note()).toBeNull()
    })

    test.each(['cap_reached_day', 'cap_reached_month', 'confirmation_needed'] as const)(
      '%s: the person’s own limits are others',
      async code => {
        await refreshCredits()
        await refusedWith(code)
        backend.billing = billing(50, { limits: { ...billing(50).limits, perDay: 100 } })
        await saveLimits({ perDay: 100, perMonth: null, askAbove: null })
        expect(note()).toBeNull()
      },
    )

    test('insufficient_credits: there are enough now', async () => {
      account.setState({ balance: balance(7) })
      await refusedWith('insufficient_credits')
      account.setState({ balance: balance(6) })
      expect(note()).toBe('insufficient_credits')
      account.setState({ balance: balance(7) })
      expect(note()).toBeNull()
    })

    test('picture_damaged: another picture is there', async () => {
      await refusedWith('picture_damaged')
      sourcesStore.setState({ slots: [slot('b')] })
      expect(note()).toBeNull()
    })
  })

  test('what is said stays while its cause does', async () => {
    await refreshCredits()
    await refusedWith('picture_damaged')
    window.dispatchEvent(new Event('online'))
    backend.billing = billing(50, { limits: { ...billing(50).limits, perDay: 100 } })
    await saveLimits({ perDay: 100, perMonth: null, askAbove: null })
    account.setState({ balance: balance(0) })
    account.setState({ balance: balance(100) })
    expect(note()).toBe('picture_damaged')
  })

  test('what the refusal itself made read again does not end it', async () => {
    await refusedWith('price_changed')
    expect(api.models).toHaveBeenCalledOnce()
    modelsStore.setState({ list: backend.models.map(one => ({ ...one, price: { ...one.price, base: 9 } })) })
    expect(note()).toBe('price_changed')
    expect(press.order.getState()?.price).toBe(9)
  })

  test('the next press takes it away', async () => {
    await refusedWith('unavailable')
    backend.answer = () => generation(1)
    expect(await press.submit()).toBe(true)
    expect(note()).toBeNull()
  })

  test('a job that was accepted shows, and the balance is read', async () => {
    await sessionItem.set({ status: 'signed-in', refreshToken: 'r', personId: 'p' })
    backend.answer = () => generation(1)
    expect(await press.submit()).toBe(true)
    expect(Object.keys(results.store.getState().jobs)).toEqual([generation(1).id])
    await expect.poll(() => api.balance).toHaveBeenCalledOnce()
  })

  test('pressed twice at once is one job', async () => {
    const { promise, resolve } = Promise.withResolvers<Generation>()
    backend.answer = () => promise
    const both = Promise.all([press.submit(), press.submit()])
    expect(press.store.getState().phase).toBe('sending')
    resolve(generation(1))
    expect(await both).toEqual([true, false])
    expect(api.generate).toHaveBeenCalledOnce()
    expect(press.store.getState()).toEqual({ phase: 'idle', problem: null })
  })

  test('a press that made nothing is no first half of a double press', async () => {
    refuse('unavailable')
    await press.press()
    await press.press()
    expect(api.generate).toHaveBeenCalledTimes(2)
  })

  test('with nobody signed in leads to the sign-in, and sends nothing', async () => {
    account.setState({ status: 'signed-out' })
    expect(await press.submit()).toBe(false)
    expect(chrome.opened).toHaveLength(1)
    expect(api.generate).not.toHaveBeenCalled()
  })

  describe('before the first picture goes to a maker', () => {
    beforeEach(() => rememberedStore.setState({ acknowledged: [] }))

    test('it is said where to; nothing is sent before the person agrees, and then once', async () => {
      backend.answer = () => generation(1)
      await press.press()
      expect(press.store.getState().phase).toBe('disclosing')
      expect(api.generate).not.toHaveBeenCalled()
      await press.agree()
      expect(api.generate).toHaveBeenCalledOnce()
      expect(rememberedStore.getState().acknowledged).toMatchObject([{ maker: model.maker.en, country: model.country }])
    })

    test('the person may not want to: nothing is sent or remembered, and the next press asks again', async () => {
      await press.press()
      press.decline()
      expect(press.store.getState().phase).toBe('idle')
      await press.agree()
      expect(api.generate).not.toHaveBeenCalled()
      expect(rememberedStore.getState().acknowledged).toEqual([])
      await press.press()
      expect(press.store.getState().phase).toBe('disclosing')
    })

    test('another draft is another question', async () => {
      await press.press()
      sourcesStore.setState({ slots: [slot('b')] })
      expect(press.store.getState().phase).toBe('idle')
    })
  })

  test('agreeing to the price is told to the backend only where it was asked for', async () => {
    backend.answer = () => generation(1)
    await press.submit()
    readingStore.setState({ awaited: null })
    await press.submit({ confirmed: true })
    const specs = (api.generate.mock.calls as unknown as [object][]).map(([spec]) => 'confirmed' in spec)
    expect(specs).toEqual([false, true])
  })

  test('an answer for somebody who has left shows nothing to the next', async () => {
    const { promise, resolve } = Promise.withResolvers<Generation>()
    backend.answer = () => promise
    const pressed = press.submit()
    await expect.poll(() => api.generate).toHaveBeenCalled()
    press.forget()
    resolve(generation(1))
    expect(await pressed).toBe(false)
    expect(results.store.getState().jobs).toEqual({})
    expect(readingStore.getState().awaited).toBeNull()
  })
})

test('a reading is one at a time: while its words are awaited, a press sends nothing', async () => {
  backend.answer = () => generation(1, { kind: 'reading' })
  await reading.submit()
  expect(readingStore.getState().awaited).toBe(generation(1).id)
  expect(await reading.submit()).toBe(false)
  expect(api.generate).toHaveBeenCalledOnce()
})

test('a refusal of one press is none of the other', async () => {
  refuse('picture_damaged')
  await making.submit()
  expect(reading.store.getState().problem).toBeNull()
  studioStore.setState({ prompt: 'another' })
  expect(making.store.getState().problem).toBeNull()
  await reading.submit()
  studioStore.setState({ prompt: 'a boat' })
  expect(reading.store.getState().problem?.code).toBe('picture_damaged')
})
