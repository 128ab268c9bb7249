// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { type Option, Segmented } from './choice.tsx'

afterEach(cleanup)

const sizes: Option<string>[] = [
  { value: 'small', label: 'S', disabled: true },
  { value: 'medium', label: 'M' },
  { value: 'large', label: 'L' },
  { value: 'huge', label: 'XL', disabled: true },
  { value: 'poster', label: 'Poster' },
]

/** The choice as a part of the panel holds it. */
function Sizes({ first, told }: { first: string | null; told: (value: string) => void }) {
  const [value, setValue] = useState(first)
  const choose = (chosen: string) => {
    told(chosen)
    setValue(chosen)
  }
  return (
    <>
      <button type="button">before</button>
      <Segmented label="Size" options={sizes} value={value} onChange={choose} />
      <button type="button">after</button>
    </>
  )
}

const show = (first: string | null = 'medium') => {
  const told = vi.fn()
  render(<Sizes first={first} told={told} />)
  return { told, user: userEvent.setup() }
}
const chosen = () => screen.queryAllByRole('radio', { checked: true }).map(({ textContent }) => textContent)
const focused = () => document.activeElement?.textContent

test('says what it is, what can be chosen, and what is', () => {
  show()
  const group = screen.getByRole('radiogroup', { name: 'Size' })
  expect(group.className).toBe('segmented')
  expect(screen.getAllByRole('radio').map(radio => [radio.textContent, (radio as HTMLButtonElement).disabled])).toEqual(
    [
      ['S', true],
      ['M', false],
      ['L', false],
      ['XL', true],
      ['Poster', false],
    ],
  )
  expect(chosen()).toEqual(['M'])
})

test('is one stop of the Tab key: the chosen one', async () => {
  const { user } = show('large')
  await user.tab()
  await user.tab()
  expect(focused()).toBe('L')
  await user.tab()
  expect(focused()).toBe('after')
})

test.each([null, 'small', 'unknown'])('while %s is chosen, the Tab key stops at the first that can be', async first => {
  const { user } = show(first)
  await user.tab()
  await user.tab()
  expect(focused()).toBe('M')
  await user.tab()
  expect(focused()).toBe('after')
})

test('arrows choose and move the focus, over what cannot be chosen and around the ends', async () => {
  const { told, user } = show()
  await user.click(screen.getByText('M'))
  told.mockClear()
  const seen: unknown[] = []
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp']) {
    await user.keyboard(`{${key}}`)
    seen.push([...chosen(), focused()])
  }
  expect(seen).toEqual([
    ['L', 'L'],
    ['Poster', 'Poster'],
    ['M', 'M'],
    ['Poster', 'Poster'],
    ['L', 'L'],
  ])
  expect(told.mock.calls.flat()).toEqual(['large', 'poster', 'medium', 'poster', 'large'])
})

test('an arrow is its own, other keys and those of an input method are not', () => {
  const { told } = show()
  const group = screen.getByRole('radiogroup')
  expect(fireEvent.keyDown(group, { key: 'ArrowRight' })).toBe(false)
  expect(fireEvent.keyDown(group, { key: 'Home' })).toBe(true)
  expect(fireEvent.keyDown(group, { key: 'ArrowRight', isComposing: true })).toBe(true)
  expect(told.mock.calls).toEqual([['large']])
})

test('what cannot be chosen takes no click', async () => {
  const { told, user } = show()
  await user.click(screen.getByText('XL'))
  expect(told).not.toHaveBeenCalled()
  await user.click(screen.getByText('Poster'))
  expect(told.mock.calls).toEqual([['poster']])
})

test('where nothing can be chosen an arrow does nothing', () => {
  const told = vi.fn()
  render(<Segmented label="Size" options={[{ value: 'a', label: 'A', disabled: true }]} value={null} onChange={told} />)
  fireEvent.keyDown(screen.getByRole('radiogroup'), { key: 'ArrowRight' })
  expect(told).not.toHaveBeenCalled()
})
