import { describe, expect, test } from 'vitest'
import type { Role } from '../../../bff/contract/models.ts'
import { noEdits } from '../edit/edits.ts'
import { assignSlots, findRoom, nextRole } from './roles.ts'
import type { Slot, SlotState } from './slot.ts'

const ready: SlotState = { kind: 'ready', width: 10, height: 10, bytes: 1, animated: false }

const slot = (id: string, role: Role, state: SlotState = ready): Slot => ({
  id,
  role,
  weight: 100,
  locked: false,
  name: '',
  origin: { kind: 'file' },
  state,
  edits: noEdits,
})

describe('the role of the next picture', () => {
  test('is the first that no slot has yet', () => {
    expect(nextRole([])).toBe('subject')
    expect(nextRole([slot('a', 'subject')])).toBe('style')
    expect(nextRole([slot('a', 'style'), slot('b', 'subject')])).toBe('composition')
  })

  test('is one that the chosen model knows', () => {
    expect(nextRole([slot('a', 'subject')], ['subject', 'pose'])).toBe('pose')
    expect(nextRole([slot('a', 'subject'), slot('b', 'pose')], ['subject', 'pose'])).toBe('pose')
  })
})

describe('a model and the slots', () => {
  test('uses as many as it takes; the others are kept', () => {
    const slots = [slot('a', 'subject'), slot('b', 'style'), slot('c', 'palette')]
    const assigned = assignSlots(slots, { max: 2, roles: ['subject', 'style', 'palette'] })
    expect(assigned.map(({ used }) => used)).toEqual([true, true, false])
  })

  test('a picture that could not be read takes nobody’s room', () => {
    const broken = slot('a', 'subject', { kind: 'failed', reason: 'gone' })
    const assigned = assignSlots([broken, slot('b', 'style')], { max: 1, roles: ['subject', 'style'] })
    expect(assigned.map(({ used }) => used)).toEqual([false, true])
  })

  test('a role it does not know becomes a free one; the slot itself keeps its own', () => {
    const slots = [slot('a', 'subject'), slot('b', 'palette')]
    const assigned = assignSlots(slots, { max: 4, roles: ['subject', 'style'] })
    expect(assigned.map(({ role }) => role)).toEqual(['subject', 'style'])
    expect(slots[1]?.role).toBe('palette')
  })

  test('uses locked slots first, wherever they stand', () => {
    const slots = [slot('a', 'subject'), slot('b', 'style'), { ...slot('c', 'palette'), locked: true }]
    const assigned = assignSlots(slots, { max: 2, roles: ['subject', 'style', 'palette'] })
    expect(assigned.map(({ used }) => used)).toEqual([true, false, true])
  })
})

describe('the room for a picture that shall be used at once', () => {
  const [a, b] = [slot('a', 'subject'), slot('b', 'style')]

  test('is free while the model takes more', () => {
    expect(findRoom([a], { max: 2, roles: ['subject'] })).toEqual({ isFull: false, givenUp: undefined })
  })

  test('is else that of the first slot in use that is not locked', () => {
    const capacity = { max: 2, roles: ['subject', 'style'] } as const
    expect(findRoom([a, b], capacity)).toEqual({ isFull: true, givenUp: a })
    expect(findRoom([{ ...a, locked: true }, b], capacity)).toEqual({ isFull: true, givenUp: b })
  })

  test('is nobody’s with a model that takes no pictures', () => {
    expect(findRoom([a], { max: 0, roles: [] })).toEqual({ isFull: false, givenUp: undefined })
  })
})
