import { expect, test } from 'vitest'
import { type PagePicture, pagePictureLimits } from '../platform/messages.ts'
import { isCutOff, mergeFrames } from './merge.ts'

const picture = (id: number, src: string, width: number, height = width): PagePicture => ({ id, src, width, height })
const told = (frames: Record<string, PagePicture[]>) =>
  mergeFrames(new Map(Object.entries(frames))).map(({ frame, id }) => `${frame}/${id}`)

test('pictures of all frames come together, largest first', () => {
  expect(
    told({
      '0.1': [picture(1, 'https://a/small', 50), picture(2, 'https://a/large', 900)],
      '0.2': [picture(1, 'https://b/', 400)],
    }),
  ).toEqual(['0.1/2', '0.2/1', '0.1/1'])
})

test('the same address shown several times is one picture, in its largest showing', () => {
  expect(
    told({
      '0.1': [picture(1, 'https://a/', 100), picture(2, 'https://a/', 300)],
      '0.2': [picture(1, 'https://a/', 200)],
    }),
  ).toEqual(['0.1/2'])
})

test('of equally large showings the first one stays, so that its tile does not jump', () => {
  expect(told({ '0.1': [picture(4, 'https://a/', 100)], '0.2': [picture(1, 'https://a/', 100)] })).toEqual(['0.1/4'])
})

test('addresses that were too long to be told are not taken for the same', () => {
  expect(told({ '0.1': [picture(1, 'data:', 100), picture(2, 'data:', 100)] })).toEqual(['0.1/1', '0.1/2'])
})

test('a frame that told as many as it may has probably left others out', () => {
  const all = Array.from({ length: pagePictureLimits.count }, (_, id) => picture(id, 'https://a/', 100))
  expect(isCutOff(new Map([['0.1', all]]))).toBe(true)
  expect(
    isCutOff(
      new Map([
        ['0.1', all.slice(1)],
        ['0.2', all.slice(1)],
      ]),
    ),
  ).toBe(false)
})
