import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areaOf } from '../../picking/panel/merge.ts'
import type { LinkedPicture } from '../../picking/panel/page-link.ts'
import { foldSizes } from './fold.ts'

const picture = (src: string, width: number, height = width): LinkedPicture => ({
  id: 1,
  frame: 'f',
  src,
  width,
  height,
})
const kept = (...pictures: LinkedPicture[]) => foldSizes(pictures).map(({ src }) => src)

describe('several sizes of one picture are one', () => {
  test.each([
    ['a width in the query', 'photo?w=1200', 'photo?w=300'],
    ['width and height', 'photo?width=1200&height=800&v=2', 'photo?width=300&height=200&v=2'],
    ['a size or a resize', 'photo?resize=1200,800', 'photo?resize=300,200'],
    ['quality, density and format', 'photo.jpg', 'photo.jpg?quality=50&dpr=2&format=webp'],
    ['a pair in the name', 'photo.jpg', 'photo-300x200.jpg'],
    ['a number in the name that the picture measures', 'photo_1200.jpg', 'photo_300.jpg'],
    ['a density in the name', 'photo@4x.png', 'photo.png'],
    ['a pair and a density', 'photo.png', 'photo-300x200@2x.png'],
    ['a width of srcset in the name', 'photo-1200w.webp', 'photo-300w.webp'],
    ['a width before the name', '1200px-Photo.jpg', '300px-Photo.jpg'],
    ['a folder of measures', 'upload/v1/photo.jpg', 'upload/w_300,h_200,c_fit,q_auto,f_auto/v1/photo.jpg'],
    ['a folder of a width', 't/w1200/photo.jpg', 't/w300/photo.jpg'],
  ])('%s', (_, large, small) => {
    const [one, other] = [`https://a.example/${large}`, `https://a.example/${small}`]
    expect(kept(picture(one, 1200, 800), picture(other, 300, 200))).toEqual([one])
    expect(kept(picture(other, 300, 200), picture(one, 1200, 800))).toEqual([one])
  })

  test('of two densities that measure the same, the one whose address states more stays', () => {
    const [one, two] = ['https://a.example/logo@1x.png', 'https://a.example/logo@2x.png']
    expect(kept(picture(one, 300), picture(two, 300))).toEqual([two])
  })
})

describe('in doubt nothing is folded', () => {
  test.each([
    ['photographs numbered by a camera', 'IMG_1024.jpg', 'IMG_2048.jpg'],
    ['measures of the thing shown', 'frame-30x40.jpg', 'frame-60x80.jpg'],
    ['other pictures', 'a.jpg?w=300', 'b.jpg?w=1200'],
    ['numbers too small for a size', 'photo?size=1', 'photo?size=2'],
    ['other parameters', 'photo?id=1200', 'photo?id=300'],
    ['folders that name the picture', 'photos/1200/view.jpg', 'photos/300/view.jpg'],
    ['parts chosen by a crop', 'c_crop,x_9,w_300/photo.jpg', 'c_crop,x_70,w_300/photo.jpg'],
    ['names that are nothing but a size', '300x200.jpg', '1200x800.jpg'],
  ])('%s', (_, one, other) => {
    const [large, small] = [`https://a.example/${one}`, `https://a.example/${other}`]
    expect(kept(picture(large, 1200, 800), picture(small, 300, 200))).toEqual([large, small])
  })

  test('another shape is a crop, and a picture not loaded yet has none', () => {
    const [whole, crop] = ['https://a.example/photo.jpg', 'https://a.example/photo-150x150.jpg']
    expect(kept(picture(whole, 1200, 800), picture(crop, 150))).toEqual([whole, crop])
    expect(kept(picture(`${whole}?w=300`, 1200, 800), picture(whole, 0))).toEqual([`${whole}?w=300`, whole])
  })

  test('other sites, and pictures that have no address of their own', () => {
    const two = (one: string, other: string) => kept(picture(one, 300), picture(other, 600))
    expect(two('https://a.example/p?w=300', 'https://b.example/p?w=600')).toHaveLength(2)
    expect(two('data:', 'data:')).toHaveLength(2)
    expect(two('blob:https://a.example/1?w=300', 'blob:https://a.example/1?w=600')).toHaveLength(2)
  })
})

const namings: ((name: string, width: number, height: number) => string)[] = [
  name => `${name}.jpg`,
  (name, width) => `${name}.jpg?w=${width}`,
  (name, width, height) => `${name}.jpg?width=${width}&height=${height}&quality=80`,
  (name, width, height) => `${name}-${width}x${height}.jpg`,
  (name, width) => `${name}_${width}.jpg`,
  (name, width) => `${name}-${width}w.jpg`,
  (name, width) => `w_${width},q_auto/${name}.jpg`,
]

const size = fc.integer({ min: 8, max: 400 }).map(scale => ({ width: 3 * scale, height: 2 * scale }))
const version = fc.record({ naming: fc.constantFrom(...namings), size })

/** Pictures with several sizes each, some offering a larger one: the number in the name is the picture, all else its size. */
const shown = fc
  .array(fc.record({ which: fc.integer({ min: 0, max: 30 }), shown: version, offered: fc.option(version) }), {
    maxLength: 40,
  })
  .map(all =>
    all.map(({ which, shown, offered }, index) => {
      const sized = ({ naming, size: { width, height } }: typeof shown) => ({
        src: `https://a.example/${naming(`IMG_${2000 + which}-n`, width, height)}`,
        width,
        height,
      })
      const isLarger = offered && offered.size.width > shown.size.width
      return { ...picture('', 0), ...sized(shown), ...(isLarger && { larger: sized(offered) }), id: index, which }
    }),
  )
type Shown = LinkedPicture & { which: number }

const refsOf = ({ frame, id, also = [] }: LinkedPicture) =>
  [{ frame, id }, ...also].map(ref => `${ref.frame} ${ref.id}`).sort()

test('folding keeps the largest of every picture and knows where the others are; never two pictures in one', () => {
  fc.assert(
    fc.property(shown, pictures => {
      const once = foldSizes(pictures) as Shown[]
      expect(foldSizes(once)).toEqual(once)
      expect(once.map(({ id }) => id)).toEqual(
        pictures.map(({ id }) => id).filter(id => once.some(each => each.id === id)),
      )
      expect(once).toHaveLength(new Set(pictures.map(({ which }) => which)).size)
      for (const each of once) {
        const same = pictures.filter(({ which }) => which === each.which)
        expect(areaOf(each)).toBe(Math.max(...same.map(areaOf)))
        expect(refsOf(each)).toEqual(same.flatMap(refsOf).sort())
      }
    }),
  )
})

test('whatever order a page lists its pictures in, the same ones stay', () => {
  const orders = shown.chain(pictures =>
    fc.tuple(fc.constant(pictures), fc.shuffledSubarray(pictures, { minLength: pictures.length })),
  )
  const told = (pictures: readonly LinkedPicture[]) => foldSizes(pictures).map(refsOf).sort()
  const ids = (pictures: readonly LinkedPicture[]) =>
    foldSizes(pictures)
      .map(({ id }) => id)
      .sort()
  fc.assert(
    fc.property(orders, ([one, other]) => {
      expect(ids(other)).toEqual(ids(one))
      expect(told(other)).toEqual(told(one))
    }),
  )
})

test('a thumbnail and the picture it offers in its place are one, whatever their addresses', () => {
  const full = { src: 'https://b.example/9f2c', width: 1200, height: 800 }
  const offering = { ...picture('https://a.example/t/cat', 300, 200), larger: full }
  expect(foldSizes([offering, { ...picture(full.src, 1200, 800), id: 2 }])).toHaveLength(1)
  expect(foldSizes([offering, { ...picture('https://b.example/77aa', 1200, 800), id: 2 }])).toHaveLength(2)
})
