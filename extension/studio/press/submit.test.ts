import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Generation } from '../../../bff/contract/generations.ts'
import type { Model } from '../../../bff/contract/models.ts'
import { ApiProblem, type ApiProblemCode } from '../../platform/api/problem.ts'
import { PrepareError } from '../../sources/prepare.ts'
import { type Asked, createSubmit } from './create-submit.ts'
import { type Intent, isDefinite } from './intent.ts'
import { createPressGuard } from './press-guard.ts'

const asked = (prompt: string): Asked => ({
  model: { id: 'm' } as Model,
  prompt,
  negative: '',
  options: { aspect: '1:1', size: '1K', seed: null, quality: null, count: 1, transparent: false },
  price: 1,
  slots: [['a', 'subject', 100]],
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
  const submit = createSubmit({
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
  return { submit, generate, prepare, jobs, script, keptBeforeSend, stored: () => stored }
}

describe('one press of Generate', () => {
  test('has its key stored before the first byte leaves, and forgotten when answered [C87]', async () => {
    const { submit, keptBeforeSend, stored } = setUp()
    expect(await submit(asked('boat'))).toMatchObject({ kind: 'accepted' })
    expect(keptBeforeSend).toEqual([true])
    expect(stored()).toBeNull()
  })

  test('carries the person’s word on the price only where it was asked for and given', async () => {
    const { submit, generate } = setUp()
    await submit(asked('boat'))
    await submit({ ...asked('boat'), confirmed: true })
    expect(generate.mock.calls.map(([spec]) => 'confirmed' in spec)).toEqual([false, true])
  })

  test('pressed twice at once is one job [C87]', async () => {
    const { submit, generate, jobs } = setUp()
    const outcomes = await Promise.all([submit(asked('boat')), submit(asked('boat'))])
    expect(generate).toHaveBeenCalledOnce()
    expect(jobs.size).toBe(1)
    expect(outcomes[0]).toBe(outcomes[1])
  })

  test('whose answer was lost is tried again with the same key [C87]', async () => {
    const { submit, jobs, script } = setUp()
    script.push('lost')
    expect(await submit(asked('boat'))).toMatchObject({ kind: 'problem', problem: { code: 'unreachable' } })
    expect(await submit(asked('boat'))).toMatchObject({ kind: 'accepted', generation: { id: 'key-1' } })
    expect(jobs.size).toBe(1)
  })

  test('cut off by a sign-out goes on with the same key [C88]', async () => {
    const { submit, generate, script } = setUp()
    script.push('signed_out')
    await submit(asked('boat'))
    await submit(asked('boat'))
    expect(generate.mock.calls.map(([, , key]) => key)).toEqual(['key-1', 'key-1'])
  })

  test('for something else is another job', async () => {
    const { submit, jobs, script } = setUp()
    script.push('lost')
    await submit(asked('boat'))
    await submit(asked('ship'))
    expect([...jobs]).toEqual([
      ['key-1', 'boat'],
      ['key-2', 'ship'],
    ])
  })

  test('after a definite refusal is a new one', async () => {
    const { submit, generate, script } = setUp()
    script.push('price_changed')
    await submit(asked('boat'))
    await submit(asked('boat'))
    expect(generate.mock.calls.map(([, , key]) => key)).toEqual(['key-1', 'key-2'])
  })

  test('with a picture that cannot be used sends nothing', async () => {
    const { submit, generate, prepare } = setUp()
    prepare.mockRejectedValueOnce(new PrepareError('undecodable'))
    expect(await submit(asked('boat'))).toEqual({ kind: 'unusable' })
    expect(generate).not.toHaveBeenCalled()
  })

  test('whatever the line does, each wish the person pressed until it was accepted is one job [C87]', async () => {
    const trouble: Answer[] = ['lost', 'offline', 'unreachable', 'bad_answer', 'internal', 'signed_out']
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(...trouble), { maxLength: 4 }), { maxLength: 6 }),
        async wishes => {
          const { submit, jobs, script, keptBeforeSend } = setUp()
          for (const [index, troubles] of wishes.entries()) {
            script.push(...troubles)
            // The person presses the same again until it is accepted.
            while ((await submit(asked(`wish ${index}`))).kind !== 'accepted');
          }
          expect([...jobs.values()]).toEqual(wishes.map((_, index) => `wish ${index}`))
          expect(keptBeforeSend).not.toContain(false)
        },
      ),
    )
  })
})

test('only an answer that leaves no doubt ends a press [C87]', () => {
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

test('a double click, Ctrl+Enter on top of it and a held key are one press; the next one counts [C87]', () => {
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
