import { expect, test } from 'vitest'
import { currencies } from '../contract/values.ts'
import { loadRegistry } from '../models/registry.ts'
import { descriptors } from '../providers/index.ts'
import { createPacks, loadPacks, microUsdPerCredit, type PacksFile } from './packs.ts'
import { lossesOf, offersOf } from './price-floor.ts'

const packs = loadPacks()
const file = (): PacksFile => structuredClone({ currencies: packs.currencies, packs: [...packs.all()] })
const changed = (change: (file: PacksFile) => void) => {
  const copy = file()
  change(copy)
  return () => createPacks(copy)
}

test('four packs, each in dollars and yen', () => {
  expect(packs.all().map(({ credits, price }) => [credits, price.usd, price.jpy])).toEqual([
    [500, 500, 750],
    [1100, 1000, 1500],
    [2400, 2000, 3000],
    [6500, 5000, 7500],
  ])
  expect(packs.find('m')?.suggested).toBe(true)
  expect(packs.find('toString')).toBeUndefined()
})

test.each<[string, (file: PacksFile) => void]>([
  ['an id stands twice', ({ packs }) => void Object.assign(packs[1]!, { id: 's' })],
  ['is not larger', ({ packs }) => void Object.assign(packs[1]!, { credits: 500 })],
  ['costs more in jpy', ({ packs }) => void Object.assign(packs[1]!.price, { jpy: 1700 })],
  ['more than one is the suggested', ({ packs }) => void Object.assign(packs[0]!, { suggested: true })],
  ['cheaper in usd than a payment can be', ({ packs }) => void Object.assign(packs[0]!.price, { usd: 49 })],
  ['/packs/0/credits', ({ packs }) => void Object.assign(packs[0]!, { credits: 1.5 })],
  ['/packs/0', ({ packs }) => void Object.assign(packs[0]!, { discount: 5 })],
  ['/packs', ({ packs }) => void packs.splice(0)],
])('packs that make no sense stop the start: %s', (why, change) => expect(changed(change)).toThrow(why))

test('what is left of a credit after tax and fees', () => {
  const [small, , , large] = packs.all()
  expect(microUsdPerCredit(packs, small!, 'usd')).toBeCloseTo(9110)
  expect(microUsdPerCredit(packs, large!, 'usd')).toBeCloseTo(7423, 0)
  expect(microUsdPerCredit(packs, large!, 'jpy')).toBeCloseTo(6716, 0)
})

const catalogue = () => loadRegistry(descriptors).all()

test('no model is sold below what its provider takes, whatever pack pays for it', () => {
  expect(offersOf(catalogue()).length).toBeGreaterThan(10)
  expect(lossesOf(offersOf(catalogue()), packs)).toEqual([])
})

test('what can be ordered: each size, each quality, with the fewest and the most pictures; what is retired or costs us nothing is not looked at', () => {
  const formula = { base: 2, perSize: { big: 10 }, perQuality: { high: 3 }, perPicture: 5 }
  const sold = {
    id: 'painter',
    sizes: [
      { name: 'small', longSide: 1 },
      { name: 'big', longSide: 2 },
    ],
    options: { qualities: ['high'] },
    pictures: { min: 1, max: 3 },
    price: formula,
    cost: { ...formula, base: 100 },
  }
  const plain = { ...sold, id: 'plain', options: { qualities: [] }, sizes: [{ name: 'small', longSide: 1 }] }
  const free = { ...plain, id: 'free', cost: { base: 0, perSize: {}, perQuality: {}, perPicture: 0 } }
  const offers = offersOf([sold, plain, free, { ...sold, id: 'old', status: 'retired' }] as never)
  expect(offers).toEqual([
    { what: 'painter, small, high, 1 pictures', credits: 6, cost: 300 },
    { what: 'painter, small, high, 3 pictures', credits: 16, cost: 310 },
    { what: 'painter, big, high, 1 pictures', credits: 36, cost: 330 },
    { what: 'painter, big, high, 3 pictures', credits: 46, cost: 340 },
    { what: 'plain, small, 1 pictures', credits: 2, cost: 100 },
    { what: 'plain, small, 3 pictures', credits: 12, cost: 110 },
  ])
})

test('a price below its cost is found, at the cheapest credit already', () => {
  const cheapest = Math.min(
    ...packs.all().flatMap(pack => currencies.map(currency => microUsdPerCredit(packs, pack, currency))),
  )
  const offer = (cost: number) => [{ what: 'a picture', credits: 10, cost }]
  expect(lossesOf(offer(Math.floor(10 * cheapest)), packs)).toEqual([])
  expect(lossesOf(offer(Math.ceil(10 * cheapest)), packs)).toEqual([
    expect.stringMatching(/^a picture: 10 credits of "xl" in jpy bring \$0\.0672, not \$0\.0672$/),
  ])
})
