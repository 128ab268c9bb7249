import { expect, test } from 'vitest'
import { registryWith } from '../test/catalogue.ts'
import { createClock } from '../test/clock.ts'
import { createCircuits } from './circuits.ts'
import { createOffer } from './offer.ts'
import { createUsualTimes } from './usual-times.ts'

const registry = registryWith(
  { id: 'keyless', provider: 'openai' },
  { id: 'old', provider: 'openai', status: 'retired', successor: 'local-restyle' },
)

function setUp(mode: 'development' | 'production') {
  const clock = createClock()
  const circuits = createCircuits({ now: clock.now })
  const offer = createOffer({ registry, ready: new Set(['local']), mode, circuits, usualTimes: createUsualTimes() })
  const open = (id: string) => offer.checkOpen(registry.find(id)!)
  return { clock, circuits, offer, open, ids: offer.list().map(model => model.id) }
}

test('what needs a key is said in development, and hidden in production; retired models keep their names', () => {
  const { offer } = setUp('development')
  const model = (id: string) => offer.list().find(entry => entry.id === id)
  expect(model('keyless')).toMatchObject({ status: 'live', availability: 'needs_key' })
  expect(model('local-restyle')).toMatchObject({ availability: 'ready' })
  const { ids } = setUp('production')
  expect(ids).toContain('local-restyle')
  expect(ids).toContain('old')
  expect(ids).not.toContain('keyless')
})

test('what cannot be ordered says why, and what takes its place', () => {
  const { open } = setUp('development')
  expect(() => open('local-restyle')).not.toThrow()
  expect(() => open('keyless')).toThrow(expect.objectContaining({ code: 'model_needs_key' }))
  expect(() => open('old')).toThrow(
    expect.objectContaining({ code: 'model_retired', params: { successor: 'local-restyle' } }),
  )
})

test('a provider rests after five failures in a row, longer each time, and any answer of it ends that', () => {
  const { clock, circuits, open } = setUp('development')
  const fail = (times: number) => {
    for (let i = 0; i < times; i++) circuits.failed('local')
  }
  fail(4)
  circuits.answered('local')
  fail(4)
  expect(circuits.restsUntil('local')).toBeNull()
  for (const restMs of [30_000, 60_000, 120_000, 240_000, 300_000, 300_000]) {
    fail(1)
    expect(circuits.restsUntil('local')).toBe(clock.now() + restMs)
    expect(() => open('local-restyle')).toThrow(expect.objectContaining({ code: 'provider_resting' }))
    // Calls that were under way end late, and prolong nothing.
    fail(2)
    expect(circuits.restsUntil('local')).toBe(clock.now() + restMs)
    clock.advance(restMs)
    expect(circuits.restsUntil('local')).toBeNull()
  }
  circuits.answered('local')
  fail(4)
  expect(circuits.restsUntil('local')).toBeNull()
  circuits.refusedUs('local')
  expect(circuits.restsUntil('local')).toBe(clock.now() + 600_000)
})
