// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Generation } from '../../../bff/contract/generations.ts'
import { account } from '../../account/store.ts'
import { modelsStore } from '../../catalogue/catalogue.ts'
import { model } from '../../catalogue/test/model.ts'
import { results } from '../../jobs/jobs.ts'
import { generation } from '../../jobs/test/fixtures.ts'
import { ApiProblem } from '../../platform/api/problem.ts'
import { installFakeChrome } from '../../platform/test/fake-chrome.ts'
import { noEdits } from '../../sources/edit/edits.ts'
import type { Slot } from '../../sources/slots/slot.ts'
import { sourcesStore } from '../../sources/store.ts'
import { noChoices } from '../order/choices.ts'
import { setCount, setPrompt, setSize, studioStore } from '../store.ts'
import { GenerateBar } from './generate-bar.tsx'
import { making } from './making.ts'
import { rememberedStore } from './remembered.ts'

const { api, line } = vi.hoisted(() => {
  const line = { answer: Promise.withResolvers<Generation>() }
  const api = {
    generate: vi.fn(() => line.answer.promise),
    models: vi.fn(async () => ({ models: [] })),
    balance: vi.fn(async () => ({ available: 50, free: 50, paid: 0, held: 0 })),
    billing: vi.fn(async () => null),
  }
  return { api, line }
})
vi.mock('../../platform/api/api.ts', () => ({ api }))
vi.mock('../../sources/prepare.ts', () => ({
  PrepareError: class extends Error {},
  preparePictures: async () => ({ specs: [], blobs: [] }),
  cleanCopy: () => new Promise(() => {}),
}))
vi.mock('../draft/start.ts', () => {
  const intent = { current: async () => null, keep: async () => {} }
  return { draftKeeper: Promise.resolve({ intentOf: () => intent }) }
})

const slot = (id: string, state: Slot['state'] = { kind: 'ready', width: 10, height: 10, bytes: 1, animated: false }) =>
  ({
    id,
    role: 'subject',
    weight: 100,
    locked: false,
    name: '',
    origin: { kind: 'file' },
    state,
    edits: noEdits,
  }) as Slot
const has = (available: number) => ({ available, free: available, paid: 0, held: 0 })

let stop = () => {}
/** Each test is another moment: clicks close together are one press. */
let now = 0
vi.spyOn(performance, 'now').mockImplementation(() => now)
const user = userEvent.setup()

beforeEach(() => {
  installFakeChrome()
  now += 60_000
  vi.clearAllMocks()
  line.answer = Promise.withResolvers()
  making.forget()
  results.empty()
  modelsStore.setState({ list: [model], problem: null })
  account.setState({ status: 'signed-in', personId: 'p', balance: has(50) })
  sourcesStore.setState({ slots: [slot('a')] })
  studioStore.setState(noChoices, true)
  rememberedStore.setState({ prompts: [], acknowledged: [{ maker: model.maker.en, country: 'US', at: 1 }] })
  stop = making.start()
  render(<GenerateBar />)
})
afterEach(() => {
  stop()
  cleanup()
})

const button = () =>
  screen.getAllByRole('button').find(each => each.getAttribute('aria-keyshortcuts') === 'Control+Enter Meta+Enter')!
const canPress = () => button().getAttribute('aria-disabled') === 'false'
const describedBy = () => document.getElementById(button().getAttribute('aria-describedby') ?? '')?.textContent
/** Everything that a press sets in motion and that waits for nobody. */
const settle = () => act(async () => void (await new Promise(resolve => setTimeout(resolve, 0))))

test('the button says its price, and beside it stands where the picture goes', () => {
  expect(button().textContent).toBe('Generate7 credits')
  expect(canPress()).toBe(true)
  expect(describedBy()).toContain('Maker (US)')
  act(() => setSize('4K'))
  expect(button().textContent).toBe('Generate24 credits')
  act(() => setCount(2))
  expect(button().textContent).toContain('48 credits')
})

test.each<[string, () => void, RegExp]>([
  ['the catalogue is not there', () => modelsStore.setState({ list: null }), /models/i],
  ['there is no picture and the model needs one', () => sourcesStore.setState({ slots: [] }), /picture/i],
  [
    'a picture is still being read',
    () => sourcesStore.setState({ slots: [slot('a', { kind: 'loading' } as Slot['state'])] }),
    /./,
  ],
  ['the words are too long', () => setPrompt('🪁'.repeat(4001)), /./],
  ['the model is retired', () => modelsStore.setState({ list: [{ ...model, status: 'retired' }] }), /./],
  ['the session is not known yet', () => account.setState({ status: 'unknown' }), /./],
])('while %s it cannot be pressed, and says why', async (_, change, why) => {
  const before = describedBy()
  act(change)
  expect(canPress()).toBe(false)
  expect(describedBy()).toMatch(why)
  expect(describedBy()).not.toBe(before)
  await user.click(button())
  await settle()
  expect(api.generate).not.toHaveBeenCalled()
})

test('with too few credits it says how many there are and how many are needed', async () => {
  act(() => account.setState({ balance: has(6) }))
  expect(canPress()).toBe(false)
  expect(describedBy()).toMatch(/6.*7/)
  await user.click(button())
  await settle()
  expect(api.generate).not.toHaveBeenCalled()
  act(() => account.setState({ balance: has(7) }))
  expect(canPress()).toBe(true)
})

test('a press is sent once, however often it is clicked, and the button is busy until the answer', async () => {
  await user.dblClick(button())
  await user.click(button())
  await settle()
  expect(api.generate).toHaveBeenCalledOnce()
  expect([button().getAttribute('aria-busy'), canPress()]).toEqual(['true', false])
  expect(button().textContent).not.toContain('credits')
  line.answer.resolve(generation(1))
  await settle()
  expect([button().getAttribute('aria-busy'), canPress()]).toEqual(['false', true])
  expect(Object.keys(results.store.getState().jobs)).toHaveLength(1)
})

test('before the first picture goes to a maker it says where, and sends only after a yes', async () => {
  act(() => rememberedStore.setState({ acknowledged: [] }))
  await user.click(button())
  const dialog = screen.getByRole('alertdialog')
  expect(dialog.textContent).toContain('Maker (US)')
  const [yes, no] = within(dialog).getAllByRole('button')
  expect(document.activeElement).toBe(yes)

  await user.click(no!)
  expect(screen.queryByRole('alertdialog')).toBeNull()
  expect(document.activeElement).toBe(button())
  await settle()
  expect(api.generate).not.toHaveBeenCalled()

  await user.click(button())
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('alertdialog')).toBeNull()

  await user.click(button())
  await user.click(within(screen.getByRole('alertdialog')).getAllByRole('button')[0]!)
  await settle()
  expect(screen.queryByRole('alertdialog')).toBeNull()
  expect(api.generate).toHaveBeenCalledOnce()
  expect(rememberedStore.getState().acknowledged).toMatchObject([{ maker: 'Maker', country: 'US' }])
})

test('another model at another maker asks again', async () => {
  act(() => modelsStore.setState({ list: [{ ...model, maker: { en: 'Else', ja: '他' } }] }))
  await user.click(button())
  expect(screen.getByRole('alertdialog').textContent).toContain('Else')
  await settle()
  expect(api.generate).not.toHaveBeenCalled()
})

test('why a press brought nothing stands there until something about it has changed', async () => {
  await user.click(button())
  line.answer.reject(new ApiProblem('offline'))
  await settle()
  const note = screen.getByRole('alert')
  expect(note.textContent).toMatch(/offline|connection|online/i)
  expect(canPress()).toBe(true)
  act(() => void window.dispatchEvent(new Event('online')))
  expect(note.textContent).toBe('')
})

test('all that is sent can be seen before, and folded away', async () => {
  const toggle = within(document.getElementById(button().getAttribute('aria-describedby')!)!).getByRole('button')
  expect(toggle.getAttribute('aria-expanded')).toBe('false')
  await user.click(toggle)
  expect(toggle.getAttribute('aria-expanded')).toBe('true')
  await user.click(toggle)
  expect(toggle.getAttribute('aria-expanded')).toBe('false')
})
