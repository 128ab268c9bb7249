import { describe, expect, test } from 'vitest'
import { pagePictureLimits } from '../protocol.ts'
import { isPageMessage } from './validate.ts'

const frame = '0.123'
const picture = { id: 1, src: 'https://example.com/a.jpg', width: 640, height: 480, alt: 'A boat' }
const larger = { src: 'https://example.com/a-full.jpg', width: 1920, height: 0 }
const box = { x: 0, y: -3.5, width: 20, height: 10, top: -3.5, right: 20, bottom: 6.5, left: 0 }
const pictures = (...list: unknown[]) => ({ type: 'pictures', frame, pictures: list })

describe('what a page may say', () => {
  test.each([
    pictures(),
    pictures(picture),
    pictures({ ...picture, src: 'data:' }, { ...picture, src: 'blob:https://example.com/1' }),
    pictures({ ...picture, larger }),
    { ...pictures(picture), note: 'cut' },
    { ...pictures(), note: 'pdf' },
    { type: 'frame-added', frame },
    { type: 'gone', frame },
    { type: 'at', frame, id: 1 },
    { type: 'at', frame, id: null },
    { type: 'key', frame, key: 'Enter', shift: true },
    { type: 'picked', frame, picture, more: false },
    { type: 'bytes', frame, id: 1, data: 'data:image/png;base64,AA==' },
    { type: 'bytes', frame, id: 1, data: null },
    { type: 'bytes', frame, id: 1, larger: true, data: null },
    { type: 'place', frame, id: 1 },
    { type: 'place', frame, id: 1, place: [box, { ...box, height: 7.5 }, 1280] },
  ])('%j', message => expect(isPageMessage(message)).toBe(true))

  test('alt may be missing', () => {
    const { alt: _, ...unnamed } = picture
    expect(isPageMessage(pictures(unnamed))).toBe(true)
  })
})

describe('anything else is refused', () => {
  test.each(['title', 'text', 'url', 'page', 'box', '__proto__x'])('a picture with the unknown key %s', key => {
    expect(isPageMessage(pictures({ ...picture, [key]: 'x' }))).toBe(false)
  })
  test.each(['id', 'src', 'width', 'height'])('a picture without %s', key => {
    expect(isPageMessage(pictures({ ...picture, [key]: undefined }))).toBe(false)
    expect(isPageMessage(pictures(Object.fromEntries(Object.entries(picture).filter(([name]) => name !== key))))).toBe(
      false,
    )
  })
  test.each([
    ['a negative size', { width: -1 }],
    ['a size that is no number', { height: '480' }],
    ['a size that is not whole', { width: 1.5 }],
    ['an endless size', { width: Number.POSITIVE_INFINITY }],
    ['a script for an address', { src: 'javascript:alert(1)' }],
    ['an address of ours', { src: 'chrome-extension://abc/x.png' }],
    ['no address', { src: '' }],
    ['a larger picture without an address', { larger: { width: 1, height: 1 } }],
    ['a larger picture with more to say', { larger: { ...larger, alt: 'A boat' } }],
    ['a script for a larger address', { larger: { ...larger, src: 'javascript:alert(1)' } }],
    ['a larger size that is not whole', { larger: { ...larger, width: 1.5 } }],
    ['a long address', { src: `https://${'a'.repeat(pagePictureLimits.src)}` }],
    ['a long description', { alt: 'a'.repeat(pagePictureLimits.alt + 1) }],
    ['a description that is no text', { alt: null }],
  ])('%s', (_, change) => expect(isPageMessage(pictures({ ...picture, ...change }))).toBe(false))

  test.each([
    null,
    undefined,
    'pictures',
    [],
    {},
    { type: 'unknown', frame },
    { type: 'toString', frame },
    { type: ['pictures'], frame, pictures: [] },
    { type: 'pictures', pictures: [] },
    { type: 'pictures', frame: 7, pictures: [] },
    { type: 'pictures', frame: '<b>', pictures: [] },
    { type: 'pictures', frame, pictures: {} },
    { type: 'pictures', frame, pictures: [], title: 'Inbox' },
    { type: 'pictures', frame, pictures: [], note: 'Inbox' },
    { type: 'gone' },
    { type: 'key', frame, key: 'a', shift: false },
    { type: 'key', frame, key: 'Enter' },
    { type: 'picked', frame, picture },
    { type: 'picked', frame, picture: { ...picture, title: 'x' }, more: false },
    { type: 'bytes', frame, id: 1, data: 'https://example.com/a.jpg' },
    { type: 'place', frame, id: 1, place: null },
    { type: 'place', frame, id: 1, place: [box, box] },
    { type: 'place', frame, id: 1, place: [box, { ...box, left: '0' }, 1280] },
    { type: 'place', frame, id: 1, place: [{ ...box, text: 'x' }, box, 1280] },
    { type: 'place', frame, id: 1, place: [box, box, 1280.5] },
    { type: 'bytes', frame, id: 1, data: `data:,${'a'.repeat(45_000_000)}` },
  ])('message %#', message => expect(isPageMessage(message)).toBe(false))

  test('more pictures than a frame may tell', () => {
    expect(isPageMessage(pictures(...Array(pagePictureLimits.count).fill(picture)))).toBe(true)
    expect(isPageMessage(pictures(...Array(pagePictureLimits.count + 1).fill(picture)))).toBe(false)
  })
})
