import { expect, test } from 'vitest'
import type { PagePicture } from '../protocol.ts'
import { mergeFrames } from './merge.ts'

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

test('a picture knows the other places that show it', () => {
  const [known] = mergeFrames(
    new Map([
      ['0.1', [picture(1, 'https://a/', 100), picture(2, 'https://a/', 300)]],
      ['0.2', [picture(1, 'https://a/', 200)]],
    ]),
  )
  expect(known).toMatchObject({ frame: '0.1', id: 2 })
  expect(known?.also?.map(({ frame, id }) => `${frame}/${id}`).sort()).toEqual(['0.1/1', '0.2/1'])
})

test('where one place offers a larger one, that place is taken', () => {
  const offering = { ...picture(1, 'https://a/', 100), larger: { src: 'https://a/full', width: 900, height: 900 } }
  expect(told({ '0.1': [picture(7, 'https://a/', 300)], '0.2': [offering] })).toEqual(['0.2/1'])
})
