// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Generation, GenerationSpec } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import { account } from '../../account/store.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { model } from '../../catalogue/test/model.ts'
import { results } from '../../jobs/jobs.ts'
import { generation } from '../../jobs/test/fixtures.ts'
import { ApiProblem } from '../../platform/api/problem.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { installFakeChrome } from '../../platform/test/fake-chrome.ts'
import { sourcesStore } from '../../sources/store.ts'
import { slot } from '../../sources/test/slot.ts'
import { useScreen } from '../../ui/navigation.ts'
import { noChoices } from '../order/choices.ts'
import { reading } from '../reading/reading.ts'
import { studioStore } from '../store.ts'
import { GenerateBar } from './generate-bar.tsx'
import { making } from './making.ts'
import { rememberedStore } from './remembered.ts'

const { generate } = vi.hoisted(() => ({
  generate: vi.fn<(spec: GenerationSpec) => Promise<Generation>>(),
}))
const readAgain = async () => ({ models: modelsStore.getState().list ?? [] })
vi.mock('../../platform/api/api.ts', () => ({
  api: { generate, models: () => readAgain(), balance: async () => null },
}))
vi.mock('../../sources/prepare.ts', () => ({
  PrepareError: class extends Error {},
  preparePictures: async () => ({ specs: [], blobs: [] }),
  cleanCopy: () => Promise.reject(new Error('Nothing is drawn here.')),
}))
vi.mock('../draft/start.ts', () => {
  const intent = { current: async () => null, keep: async () => {} }
  return { draftKeeper: Promise.resolve({ intentOf: () => intent }) }
})

const cheap: Model = { ...model, id: 'cheap', name: { en: 'Cheap', ja: 'チープ' }, price: { ...model.price, base: 2 } }
const reader: Model = { ...model, id: 'reader', kind: 'reading', country: null }
const balance = (available: number) => ({ available, free: available, paid: 0, held: 0 })
const acknowledged = { maker: model.maker.en, country: model.country, at: 1 }

const show = () => {
  render(<GenerateBar />)
  return userEvent.setup()
}
const names = [t('studio.go'), t('studio.go.preparing'), t('studio.go.several', { number: 3 })]
const button = () => screen.getByRole('button', { name: name => names.some(beginning => name.startsWith(beginning)) })
/** What a screen reader says of the button beside its name. */
const described = () => document.getElementById(button().getAttribute('aria-describedby') ?? '')?.textContent
const note = () => screen.getByRole('alert').textContent
const refuse = (...problem: ConstructorParameters<typeof ApiProblem>) =>
  generate.mockImplementation(() => Promise.reject(new ApiProblem(...problem)))

let stop = () => {}
beforeEach(() => {
  installFakeChrome()
  generate.mockReset()
  generate.mockImplementation(async () => generation(1))
  modelsStore.setState({ list: [model, cheap, reader], problem: null })
  studioStore.setState({ ...noChoices, modelId: model.id, prompt: 'a boat' }, true)
  sourcesStore.setState({ slots: [slot('a'), slot('b', { role: 'style' })] })
  account.setState({ status: 'signed-in', balance: balance(50) })
  rememberedStore.setState({ acknowledged: [acknowledged] })
  stop = making.start()
})
afterEach(() => {
  cleanup()
  stop()
  making.forget()
  reading.forget()
  results.empty()
})

describe('the button', () => {
  test('says what one press costs, where the pictures go, and follows what is chosen', () => {
    show()
    expect(button().textContent).toBe(t('studio.go') + t('studio.go.credits', { count: 9 }))
    expect(button().getAttribute('aria-disabled')).toBe('false')
    expect(described()).toContain('Maker')
    expect(described()).toContain('US')
    act(() => studioStore.setState({ count: 3, size: '4K' }))
    expect(button().textContent).toBe(t('studio.go.several', { number: 3 }) + t('studio.go.credits', { count: 78 }))
    act(() => sourcesStore.setState({ slots: [slot('a')] }))
    expect(button().textContent).toContain(t('studio.go.credits', { count: 72 }))
  })

  test.each([
    ['models', () => modelsStore.setState({ list: null })],
    ['session', () => account.setState({ status: 'unknown' })],
    ['picture', () => sourcesStore.setState({ slots: [] })],
    ['loading', () => sourcesStore.setState({ slots: [slot('a', { state: { kind: 'loading' } })] })],
    ['retired', () => modelsStore.setState({ list: [{ ...model, status: 'retired' }] })],
    ['needs_key', () => modelsStore.setState({ list: [{ ...model, availability: 'needs_key' }] })],
    ['too_long', () => studioStore.setState({ prompt: 'a'.repeat(4001) })],
  ] as const)('cannot be pressed, and says why: %s', async (reason, change) => {
    change()
    const user = show()
    expect(button().getAttribute('aria-disabled')).toBe('true')
    expect(described()).toContain(t(`studio.wait.${reason}`))
    await user.click(button())
    expect(generate).not.toHaveBeenCalled()
  })

  test('with too few credits names a cheaper model, and where to get more', async () => {
    account.setState({ balance: balance(5) })
    const user = show()
    expect(described()).toContain(t('studio.wait.credits', { have: 5, count: 9 }))
    expect(screen.getByRole('button', { name: t('credits.add') })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: t('studio.wait.use_instead', { model: 'Cheap', price: 4 }) }))
    expect(studioStore.getState().modelId).toBe('cheap')
    expect(button().getAttribute('aria-disabled')).toBe('false')
    act(() => account.setState({ balance: balance(3) }))
    expect(button().getAttribute('aria-disabled')).toBe('true')
    act(() => account.setState({ balance: balance(4) }))
    expect(button().getAttribute('aria-disabled')).toBe('false')
  })

  test('double-clicked sends once, and says that it is sending', async () => {
    const { promise, resolve } = Promise.withResolvers<Generation>()
    generate.mockImplementation(() => promise)
    const user = show()
    await user.dblClick(button())
    await waitFor(() => expect(generate).toHaveBeenCalledOnce())
    expect(button().textContent).toBe(t('studio.go.preparing'))
    expect(button().getAttribute('aria-busy')).toBe('true')
    await user.click(button())
    await act(async () => resolve(generation(1)))
    await waitFor(() => expect(button().getAttribute('aria-busy')).toBe('false'))
    expect(generate).toHaveBeenCalledOnce()
  })
})

describe('what is said of a refusal', () => {
  /** So that a screen reader says it, the element stands there before there is anything to say. */
  test('stands in an element that was there before', async () => {
    const user = show()
    const alert = screen.getByRole('alert')
    expect(alert.textContent).toBe('')
    refuse('unavailable', 503)
    await user.click(button())
    await waitFor(() => expect(alert.textContent).toContain(t('problems.unavailable')))
  })

  test('by the person’s own limit leads to the limits', async () => {
    refuse('cap_reached_day', 409, { need: 9, cap: 10, used: 5 })
    const user = show()
    await user.click(button())
    await waitFor(() => expect(note()).toContain(t('problems.cap_reached_day', { need: 9, cap: 10, used: 5 })))
    const Shown = () => <output>{useScreen()}</output>
    render(<Shown />)
    await user.click(screen.getByRole('button', { name: t('credits.change_limit') }))
    expect(screen.getByRole('status').textContent).toBe('credits')
  })

  test('because the person wants to be asked: one yes sends it with their word', async () => {
    refuse('confirmation_needed', 409, { need: 9, limit: 5 })
    const user = show()
    await user.click(button())
    const yes = await screen.findByRole('button', { name: t('credits.confirm') })
    generate.mockImplementation(async () => generation(1))
    await user.click(yes)
    await waitFor(() => expect(generate.mock.calls.map(([{ confirmed }]) => confirmed)).toEqual([undefined, true]))
    await waitFor(() => expect(note()).toBe(''))
  })

  test('that passes by itself can be tried again', async () => {
    refuse('unreachable')
    const user = show()
    await user.click(button())
    const again = await screen.findByRole('button', { name: t('studio.retry') })
    generate.mockImplementation(async () => generation(1))
    await user.click(again)
    await waitFor(() => expect(generate).toHaveBeenCalledTimes(2))
    await waitFor(() => expect(note()).toBe(''))
  })

  test('[C91b] goes with its cause', async () => {
    refuse('offline')
    const user = show()
    await user.click(button())
    await waitFor(() => expect(note()).toContain(t('problems.offline')))
    act(() => void window.dispatchEvent(new Event('online')))
    expect(note()).toBe('')
  })

  test('about something else stands there, not here', async () => {
    refuse('prompt_too_long', 400, { max: 5 })
    const user = show()
    await user.click(button())
    await waitFor(() => expect(making.store.getState().problem?.code).toBe('prompt_too_long'))
    expect(note()).toBe('')
  })
})

describe('before the first picture goes to a maker', () => {
  beforeEach(() => rememberedStore.setState({ acknowledged: [] }))

  const disclosure = () => screen.queryByRole('alertdialog')

  test('it is said where to, by name, and the focus is on the answer', async () => {
    const user = show()
    await user.click(button())
    const text = disclosure()?.textContent
    expect(text).toContain(t('studio.disclosure.goes', { maker: 'Maker', country: 'US' }))
    expect(text).toContain(t('studio.disclosure.advice'))
    expect(document.activeElement?.textContent).toBe(t('studio.disclosure.yes'))
    expect(generate).not.toHaveBeenCalled()
  })

  test.each([
    ['Escape', async (user: ReturnType<typeof show>) => user.keyboard('{Escape}')],
    [
      '“Not now”',
      async (user: ReturnType<typeof show>) =>
        user.click(screen.getByRole('button', { name: t('studio.disclosure.no') })),
    ],
  ])('%s closes it, sends nothing, and gives the focus back', async (_, close) => {
    const user = show()
    await user.click(button())
    await close(user)
    expect(disclosure()).toBeNull()
    expect(document.activeElement).toBe(button())
    expect(generate).not.toHaveBeenCalled()
    expect(rememberedStore.getState().acknowledged).toEqual([])
  })

  test('yes sends it, and the next press asks nothing', async () => {
    const user = show()
    await user.click(button())
    await user.click(screen.getByRole('button', { name: t('studio.disclosure.yes') }))
    await waitFor(() => expect(generate).toHaveBeenCalledOnce())
    expect(disclosure()).toBeNull()
    await act(() => making.submit())
    expect(disclosure()).toBeNull()
    expect(generate).toHaveBeenCalledTimes(2)
  })

  test('another maker is another question', async () => {
    rememberedStore.setState({ acknowledged: [acknowledged] })
    modelsStore.setState({ list: [{ ...model, maker: { en: 'Else', ja: '他' } }] })
    const user = show()
    await user.click(button())
    expect(disclosure()?.textContent).toContain('Else')
    expect(generate).not.toHaveBeenCalled()
  })

  test('of a reading it is said in the words of a reading, and that it stays with us', async () => {
    show()
    await act(() => reading.submit())
    expect(disclosure()?.textContent).toContain(t('reading.disclosure.stays', { model: 'Fine' }))
    expect(disclosure()?.textContent).toContain(t('reading.disclosure.yes'))
  })
})

test('all that is sent is listed on request, the same as is sent', async () => {
  const user = show()
  await user.click(screen.getByRole('button', { name: t('studio.sent.title') }))
  const lines = () => screen.getAllByRole('listitem').map(({ textContent }) => textContent)
  expect(lines()).toHaveLength(4)
  expect(lines()).toContain(t('studio.sent.words', { count: 6 }))
  act(() => studioStore.setState({ prompt: '' }))
  expect(lines()).toContain(t('studio.sent.no_words'))
  expect(lines().at(-1)).toBe(t('studio.sent.never'))
})
