import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Generation } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import { ApiProblem, type ApiProblemCode } from '../../platform/api/problem.ts'
import { PrepareError } from '../../sources/prepare.ts'
import type { Order } from '../order/order.ts'
import { createPressGuard } from './double-press.ts'
import { type Intent, isDefinite } from './intent.ts'
import { createSender } from './send-order.ts'

const order = (prompt: string): Order => ({
  model: { id: 'm', pictures: { maxSide: 64 } } as Model,
  prompt,
  negative: '',
  options: { aspect: '1:1', size: '1K', seed: null, quality: null, count: 1, transparent: false },
  price: 1,
  pictures: [],
})

type Answer = 'accepted' | 'lost' | ApiProblemCode

/** A backend that keeps each key's first answer; `lost`: it took the job, but nobody heard. */
const setUp = () => {
  const jobs = new Map<string, string>()
  let stored: Intent | null = null
  let keys = 0
  const keptBeforeSend: boolean[] = []
  const script: Answer[] = []
  const generate = vi.fn(async (spec: { prompt: string }, _sources: readonly Blob[], key: string) => {
    keptBeforeSend.push(stored?.key === key)
    const answer = script.shift() ?? 'accepted'
    if (answer !== 'accepted' && answer !== 'lost') throw new ApiProblem(answer, 400)
    if (!jobs.has(key)) jobs.set(key, spec.prompt)
    if (answer === 'lost') throw new ApiProblem('unreachable')
    return { id: key } as Generation
  })
  const prepare = vi.fn(async () => ({ specs: [], blobs: [] }))
  const send = createSender({
    intent: {
      current: async () => stored,
      keep: async intent => {
        stored = intent
      },
    },
    prepare,
    generate,
    newKey: () => `key-${++keys}`,
    now: () => 1_000,
  })
  const leaving = new AbortController()
  return {
    send: (wanted: Order, confirmed = false) => send(wanted, { confirmed, left: leaving.signal }),
    leave: () => leaving.abort(),
    generate,
    prepare,
    jobs,
    script,
    keptBeforeSend,
    stored: () => stored,
  }
}

describe('one press of Generate', () => {
  test('is neither sent nor kept when its person leaves before it has gone', async () => {
    const { send, prepare, generate, leave, stored } = setUp()
    prepare.mockImplementationOnce(async () => {
      leave()
      return { specs: [], blobs: [] }
    })
    await send(order('boat'))
    expect([generate.mock.calls, stored()]).toEqual([[], null])
  })

  test('leaves alone what is kept for the next person when its answer comes late', async () => {
    const { send, generate, leave, stored } = setUp()
    generate.mockImplementationOnce(async () => {
      leave()
      return { id: 'late' } as Generation
    })
    await send(order('boat'))
    expect(stored()).toMatchObject({ key: 'key-1' })
  })

  test('has its key stored before the first byte leaves, and forgotten when answered', async () => {
    const { send, keptBeforeSend, stored } = setUp()
    expect(await send(order('boat'))).toMatchObject({ kind: 'accepted' })
    expect(keptBeforeSend).toEqual([true])
    expect(stored()).toBeNull()
  })

  test('carries the person’s word on the price only where it was asked for and given', async () => {
    const { send, generate } = setUp()
    await send(order('boat'))
    await send(order('boat'), true)
    expect(generate.mock.calls.map(([spec]) => 'confirmed' in spec)).toEqual([false, true])
  })

  test('whose answer was lost is tried again with the same key', async () => {
    const { send, jobs, script } = setUp()
    script.push('lost')
    expect(await send(order('boat'))).toMatchObject({ kind: 'problem', problem: { code: 'unreachable' } })
    expect(await send(order('boat'))).toMatchObject({ kind: 'accepted', generation: { id: 'key-1' } })
    expect(jobs.size).toBe(1)
  })

  test('cut off by a sign-out goes on with the same key', async () => {
    const { send, generate, script } = setUp()
    script.push('signed_out')
    await send(order('boat'))
    await send(order('boat'))
    expect(generate.mock.calls.map(([, , key]) => key)).toEqual(['key-1', 'key-1'])
  })

  test('for something else is another job', async () => {
    const { send, jobs, script } = setUp()
    script.push('lost')
    await send(order('boat'))
    await send(order('ship'))
    expect([...jobs]).toEqual([
      ['key-1', 'boat'],
      ['key-2', 'ship'],
    ])
  })

  test('after a definite refusal is a new one', async () => {
    const { send, generate, script } = setUp()
    script.push('price_changed')
    await send(order('boat'))
    await send(order('boat'))
    expect(generate.mock.calls.map(([, , key]) => key)).toEqual(['key-1', 'key-2'])
  })

  test('with a picture that cannot be used sends nothing', async () => {
    const { send, generate, prepare } = setUp()
    prepare.mockRejectedValueOnce(new PrepareError('undecodable'))
    expect(await send(order('boat'))).toEqual({ kind: 'unusable' })
    expect(generate).not.toHaveBeenCalled()
  })

  test('whatever the line does, each wish the person pressed until it was accepted is one job', async () => {
    const trouble: Answer[] = ['lost', 'offline', 'unreachable', 'bad_answer', 'internal', 'signed_out']
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...trouble), { maxLength: 4 }), { maxLength: 6 }),
        async wishes => {
          const { send, jobs, script, keptBeforeSend } = setUp()
          for (const [index, troubles] of wishes.entries()) {
            script.push(...troubles)
            // The person presses the same again until it is accepted.
            while ((await send(order(`wish ${index}`))).kind !== 'accepted');
          }
          expect([...jobs.values()]).toEqual(wishes.map((_, index) => `wish ${index}`))
          expect(keptBeforeSend).not.toContain(false)
        },
      ),
    )
  })
})

test('only an answer that leaves no doubt ends a press', () => {
  const open: ApiProblemCode[] = ['offline', 'unreachable', 'bad_answer', 'internal', 'unavailable', 'signed_out']
  const definite: ApiProblemCode[] = [
    'price_changed',
    'insufficient_credits',
    'picture_damaged',
    'idempotency_conflict',
  ]
  expect(open.filter(isDefinite)).toEqual([])
  expect(definite.filter(isDefinite)).toEqual(definite)
})

test('[C87c] a double click, Ctrl+Enter on top of it and a held key are one press; the next one counts', () => {
  let at = 0
  const guard = createPressGuard(() => at)
  const times = [0, 180, 320, 350, 380, 2_000]
  const taken = times.filter(time => {
    at = time
    return guard.isNew()
  })
  expect(taken).toEqual([0, 2_000])
  guard.reset()
  expect(guard.isNew()).toBe(true)
})
