import { beforeEach, expect, test } from 'vitest'
import { notices } from '../../ui/notices.ts'
import { typed } from './typed.ts'

beforeEach(() => notices.setState({ list: [] }))
const said = () => notices.getState().list.map(({ text }) => text)

test.each([
  ['a control character', 'a\u0007 boat', 'a boat'],
  ['isolates around a word', 'a \u2068שלום\u2069 boat', 'a שלום boat'],
  ['an override', 'gpj\u202etxt', 'gpjtxt'],
  ['half an emoji', 'boat \ud83d', 'boat '],
])('%s goes, the words stay, and it is said', (_, pasted, left) => {
  expect(typed(pasted)).toBe(left)
  expect(said()).toEqual(['Invisible control characters were left out.'])
})

test('line ends of every system, tabs, joined emoji and other scripts stay without a word', () => {
  expect(typed('one\r\ntwo\n\tthree 👩‍🎨 שלום 水彩')).toBe('one\ntwo\n\tthree 👩‍🎨 שלום 水彩')
  expect(said()).toEqual([])
})
