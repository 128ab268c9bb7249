import { describe, expect, test } from 'vitest'
import type { Model } from '../../../bff/contract/models.ts'
import { eachLanguage } from '../../../bff/contract/values.ts'
import { model } from '../../catalogue/test/model.ts'
import { ableModels, type Need } from './alternative.ts'
import { pricedModels, shortlist } from './priced.ts'
import { groupModels, searchModels } from './search.ts'

const named = (id: string, base: number, change: Partial<Model> = {}): Model => ({
  ...model,
  id,
  name: eachLanguage(() => id),
  price: { ...model.price, base },
  ...change,
})
const other = (en: string) => ({ maker: { ...eachLanguage(() => en), ja: `${en}社` } })

const catalogue = [
  named('dear', 24, other('Alpha')),
  named('fine', 12, other('Alpha')),
  named('quick', 4, { ...other('Beta'), via: 'runner' }),
  named('closed', 1, { ...other('Gamma'), availability: 'needs_key' }),
  named('here', 6, { ...other('Own'), country: null }),
  named('gone', 1, { ...other('Beta'), status: 'retired' }),
  named('reader', 1, { kind: 'reading' }),
  named('more-1', 30, other('Delta')),
  named('more-2', 31, other('Delta')),
]
const withPrices = (list: readonly Model[]) =>
  pricedModels(list, new Map(list.map(({ id, price }) => [id, price.base])))
const priced = withPrices(catalogue)
const ids = (entries: readonly { model: Model }[]) => entries.map(entry => entry.model.id)

describe('the models to choose from', () => {
  test('make pictures and are not switched off; the cheapest that can be used is marked', () => {
    expect(ids(priced)).toEqual(['dear', 'fine', 'quick', 'closed', 'here', 'more-1', 'more-2'])
    expect(ids(priced.filter(({ isCheapest }) => isCheapest))).toEqual(['quick'])
  })

  test('are few at first: used last, cheapest, on our own server, then the first of the catalogue', () => {
    expect(ids(shortlist(priced, { chosen: 'dear', recent: ['more-2', 'dear'] }))).toEqual([
      'more-2',
      'dear',
      'quick',
      'here',
      'fine',
    ])
    expect(ids(shortlist(priced, { chosen: undefined, recent: [] }))).toEqual([
      'quick',
      'here',
      'dear',
      'fine',
      'more-1',
    ])
  })

  test('always hold the chosen one, and choosing moves none of them', () => {
    const before = ids(shortlist(priced, { chosen: 'dear', recent: [] }))
    expect(ids(shortlist(priced, { chosen: 'quick', recent: [] }))).toEqual(before)
    expect(ids(shortlist(priced, { chosen: 'more-2', recent: [] }))).toEqual([...before, 'more-2'])
    expect(ids(shortlist(priced, { chosen: 'closed', recent: ['closed'] }))).toEqual([...before, 'closed'])
  })
})

describe('all models', () => {
  test('are found by every word of name, maker or runner, in any case and width', () => {
    expect(ids(searchModels(priced, 'ALPHA'))).toEqual(['dear', 'fine'])
    expect(ids(searchModels(priced, 'ｂｅｔａ社 quick'))).toEqual(['quick'])
    expect(ids(searchModels(priced, 'runner'))).toEqual(['quick'])
    expect(ids(searchModels(priced, 'alpha quick'))).toEqual([])
    expect(searchModels(priced, '  ')).toHaveLength(priced.length)
  })

  test('stand by maker, those used last in front, those without a key at the end', () => {
    const groups = groupModels(priced, ['here', 'closed'])
    expect(groups.map(group => [group.maker?.en ?? null, ids(group.models)])).toEqual([
      [null, ['here']],
      ['Alpha', ['dear', 'fine']],
      ['Beta', ['quick']],
      ['Own', ['here']],
      ['Delta', ['more-1', 'more-2']],
      ['Gamma', ['closed']],
    ])
  })
})

describe('another model', () => {
  const need = { pictures: 1, words: 10, transparent: false }

  const able = (list: readonly Model[], change: Partial<Need>) =>
    ids(ableModels(withPrices(list), { ...need, ...change }))

  test('is the cheapest that can be used', () => {
    expect(able(catalogue, {})).toEqual(['quick', 'here', 'fine', 'dear', 'more-1', 'more-2'])
  })

  test('can do what this one was asked for', () => {
    const more = named('able', 50, {
      pictures: { ...model.pictures, max: 5 },
      options: { ...model.options, transparent: true },
    })
    const list = [...catalogue, more]
    expect(able(list, { pictures: 4 })).toEqual(['able'])
    expect(able(list, { transparent: true })).toEqual(['able'])
    expect(able(list, { words: 5000 })).toEqual([])
    expect(able(list, { pictures: 0 })).toEqual([])
  })
})
