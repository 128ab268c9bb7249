// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Picture } from '../../../bff/contract/library.ts'
import { results } from '../../jobs/jobs.ts'
import { withPicture } from '../../jobs/state.ts'
import { idOf, picture } from '../../jobs/test/fixtures.ts'
import { ApiProblem } from '../../platform/api/problem.ts'
import { settings } from '../../platform/settings.ts'
import { installFakeChrome } from '../../platform/test/fake-chrome.ts'
import { notices, undoLast } from '../../ui/notices.ts'
import { largeStore } from '../large/large.ts'
import { HistoryPage } from './history-page.tsx'

const { api, library } = vi.hoisted(() => {
  const library = { pictures: [] as Picture[] }
  const api = {
    pictures: vi.fn(async ({ favourite }: { favourite?: boolean }) => ({
      pictures: library.pictures.filter(entry => favourite === undefined || entry.favourite === favourite),
      next: null,
    })),
    changePicture: vi.fn(async (id: string, change: Partial<Picture>) => ({
      ...library.pictures.find(entry => entry.id === id)!,
      ...change,
    })),
    deletePicture: vi.fn(async (_id: string) => {}),
    restorePicture: vi.fn(async (id: string) => library.pictures.find(entry => entry.id === id)!),
    file: vi.fn(async () => new Blob(['bytes'])),
    thumbnail: vi.fn(async () => new Blob(['small'])),
  }
  return { api, library }
})
vi.mock('../../platform/api/api.ts', () => ({ api }))
vi.mock('../../ui/save-file.ts', () => ({ saveFile: vi.fn() }))

const user = userEvent.setup()
const settle = () => act(async () => void (await new Promise(resolve => setTimeout(resolve, 0))))

beforeEach(async () => {
  installFakeChrome()
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  )
  vi.clearAllMocks()
  results.empty()
  notices.setState({ list: [] })
  settings.setState({ singleKeys: true })
  library.pictures = [3, 2, 1].map(n => picture(n, { prompt: `number ${n}`, favourite: n === 2 }))
  for (const entry of library.pictures) results.receive(entry, withPicture)
  render(<HistoryPage />)
  await settle()
})
afterEach(cleanup)

const cards = () => screen.getAllByRole('listitem')
const shown = () => cards().map(card => Number(card.dataset.picture?.slice(-2)))
const opener = (n: number) => screen.getByRole('button', { name: new RegExp(`number ${n}`) })
const star = (n: number) =>
  within(cards().find(card => card.dataset.picture === idOf(n))!).getByRole('button', { name: 'Favourite' })

test('shows every picture once, newest first, with its words as its name', () => {
  expect(shown()).toEqual([3, 2, 1])
  expect(opener(3).getAttribute('aria-label')).toBe('Open: number 3')
})

test('the board is one stop of the Tab key; arrows move on from there', async () => {
  for (let stop = 0; stop < 2; stop++) await user.tab()
  expect(document.activeElement).toBe(opener(3))
  await user.keyboard('{ArrowRight}')
  expect(document.activeElement).toBe(opener(2))
  const stops = screen.getAllByRole('button').filter(each => each.tabIndex === 0 && each.closest('[data-picture]'))
  expect(new Set(stops.map(each => each.closest<HTMLElement>('[data-picture]')?.dataset.picture))).toEqual(
    new Set([idOf(2)]),
  )
})

test('a click opens the picture large, from the list that is shown', async () => {
  await user.click(opener(2))
  expect(largeStore.getState().large).toEqual({ id: idOf(2), sequence: 'all' })
})

test('the star shows what is kept, changes at once, and goes back when the backend says no', async () => {
  expect(star(1).getAttribute('aria-pressed')).toBe('false')
  const answer = Promise.withResolvers<Picture>()
  api.changePicture.mockReturnValueOnce(answer.promise)
  await user.click(star(1))
  expect(star(1).getAttribute('aria-pressed')).toBe('true')
  expect(api.changePicture.mock.calls).toEqual([[idOf(1), { favourite: true }]])
  answer.reject(new ApiProblem('unreachable'))
  await settle()
  expect(star(1).getAttribute('aria-pressed')).toBe('false')
  expect(notices.getState().list).toMatchObject([{ tone: 'warn' }])
})

test('keys act on the picture in focus: F marks, Delete deletes and the focus goes on', async () => {
  opener(2).focus()
  await user.keyboard('f')
  expect(api.changePicture.mock.calls).toEqual([[idOf(2), { favourite: false }]])
  await settle()
  await user.keyboard('{Delete}')
  expect(shown()).toEqual([3, 1])
  expect(api.deletePicture.mock.calls).toEqual([[idOf(2)]])
  expect(document.activeElement).toBe(opener(1))
  await user.keyboard('{Backspace}')
  expect(shown()).toEqual([3])
  expect(document.activeElement).toBe(opener(3))
})

test('what was deleted comes back by Undo; a refused deletion brings it back by itself', async () => {
  opener(3).focus()
  await user.keyboard('{Delete}')
  expect(shown()).toEqual([2, 1])
  await act(async () => void undoLast())
  await settle()
  expect(api.restorePicture.mock.calls).toEqual([[idOf(3)]])
  expect(shown()).toEqual([3, 2, 1])

  api.deletePicture.mockRejectedValueOnce(new ApiProblem('internal'))
  opener(1).focus()
  await user.keyboard('{Delete}')
  await settle()
  expect(shown()).toEqual([3, 2, 1])
  expect(notices.getState().list).toMatchObject([{ tone: 'warn' }])
})

test('gone at the backend already is gone here, without a word', async () => {
  api.deletePicture.mockRejectedValueOnce(new ApiProblem('not_found', 404))
  opener(1).focus()
  await user.keyboard('{Delete}')
  await settle()
  expect(shown()).toEqual([3, 2])
  expect(notices.getState().list).toMatchObject([{ tone: 'plain' }])
})

test.each([
  ['with Ctrl', { key: 'f', ctrlKey: true }],
  ['with Cmd', { key: 'f', metaKey: true }],
  ['with Alt', { key: 'f', altKey: true }],
  ['of an input method', { key: 'f', isComposing: true }],
  ['that is held', { key: 'f', repeat: true }],
  ['that is held, for deleting', { key: 'Delete', repeat: true }],
])('a key %s is not ours', (_, press) => {
  expect(fireEvent.keyDown(opener(2), press)).toBe(true)
  expect(api.changePicture).not.toHaveBeenCalled()
  expect(shown()).toEqual([3, 2, 1])
})

test('with single-key shortcuts switched off letters rest, Delete does not', () => {
  settings.setState({ singleKeys: false })
  fireEvent.keyDown(opener(2), { key: 'f' })
  expect(api.changePicture).not.toHaveBeenCalled()
  fireEvent.keyDown(opener(2), { key: 'Delete' })
  expect(shown()).toEqual([3, 1])
})

test('favourites are a list of their own, and say so when there are none', async () => {
  await user.click(screen.getByRole('radio', { name: 'Favourites' }))
  await settle()
  expect(shown()).toEqual([2])
  await user.click(opener(2))
  expect(largeStore.getState().large).toEqual({ id: idOf(2), sequence: 'favourites' })
  await user.click(star(2))
  await settle()
  expect(screen.queryAllByRole('listitem')).toEqual([])
})
