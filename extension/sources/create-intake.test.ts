import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { SourceBytes, StoredSource } from './bytes.ts'
import { createIntake } from './create-intake.ts'
import { ReadError } from './readers/read-error.ts'
import { type Capacity, fullCapacity } from './slots/roles.ts'
import type { Slot } from './slots/slot.ts'
import { moveSlot, setAllSlots, setLocked, setRole, setWeight, sourcesStore } from './store.ts'

const memoryBytes = ({ full = false } = {}) => {
  const stored = new Map<string, StoredSource>()
  const bytes: SourceBytes = {
    put: async source => {
      stored.set(source.id, source)
      return !full
    },
    get: async id => stored.get(id),
    remove: async id => void stored.delete(id),
    sweep: async () => {},
    forget: () => {},
  }
  return { bytes, stored }
}

const facts = { width: 40, height: 30, animated: false, isPart: false, thumbnail: new Blob(['small']) }
const picture = new Blob(['a picture'], { type: 'image/png' })
const address = { src: 'https://secret.example/p?user=1', tabId: 5, listed: { frame: 'f', id: 2 } }
const fromPage = { name: 'Cat', origin: { kind: 'page', tabId: 5, frame: 'f', pictureId: 2 } } as const
const fromFile = { name: 'cat.png', origin: { kind: 'file' } } as const

const setUp = (options: Partial<Parameters<typeof createIntake>[0]> & { full?: boolean } = {}) => {
  const { full = false, ...deps } = options
  const { bytes, stored } = memoryBytes({ full })
  const tell = vi.fn()
  const replaced = vi.fn<(slot: Slot, at: number, undo: () => Promise<void>) => void>()
  let count = 0
  const intake = createIntake({
    bytes,
    find: async () => undefined,
    readBytes: async () => picture,
    readFacts: async () => facts,
    newId: () => `slot-${++count}`,
    now: () => 1_000,
    capacity: () => fullCapacity,
    tell,
    replaced,
    ...deps,
  })
  return { intake, stored, tell, replaced }
}

const slots = () => sourcesStore.getState().slots

beforeEach(() => setAllSlots([]))

describe('a picture that comes in', () => {
  test('is read, kept and ready, with the next role', async () => {
    const { intake, stored } = setUp()
    await intake.takeBlob(picture, fromFile)
    await intake.takeAddress(address, fromPage)
    expect(slots().map(({ role, state }) => [role, state.kind])).toEqual([
      ['subject', 'ready'],
      ['style', 'ready'],
    ])
    expect([...stored.keys()]).toEqual(['slot-1', 'slot-2'])
  })

  test('leaves no address of the page or picture behind', async () => {
    const { intake, stored } = setUp()
    await intake.takeAddress(address, fromPage)
    expect(JSON.stringify([slots(), [...stored.values()]])).not.toContain('secret.example')
  })

  test('by its address alone is known by its place in the page as soon as the page lists it', async () => {
    const { intake } = setUp({
      find: async (tabId, src) => ({ id: 7, frame: `${tabId}`, src, width: 1, height: 1 }),
      readBytes: () => Promise.reject(new ReadError('refused')),
    })
    await intake.takeAddress({ src: address.src, tabId: 5 }, { name: '', origin: { kind: 'menu' } })
    expect(slots()[0]?.origin).toEqual({ kind: 'page', tabId: 5, frame: '5', pictureId: 7 })
  })

  test('is read in its largest version first, whether it was listed or found by its address', async () => {
    const listed = { frame: 'f', id: 2 }
    const larger = { src: 'https://secret.example/full', width: 9, height: 9 }
    const readBytes = vi.fn(async () => picture)
    const { intake } = setUp({
      readBytes,
      find: async (_, src) => ({ ...listed, src, width: 1, height: 1, larger }),
    })
    await intake.takeAddress({ ...address, larger: larger.src }, fromPage)
    await intake.takeAddress({ src: address.src, tabId: 5 }, { name: '', origin: { kind: 'menu' } })
    expect(readBytes.mock.calls.map(([read]: unknown[]) => read)).toEqual(
      Array(2).fill({ src: larger.src, tabId: 5, listed, isLarger: true }),
    )
  })

  test.each([
    ['that cannot be read', 'too_big', undefined],
    ['that cannot be opened', undefined, 'too_many_pixels'],
  ] as const)('%s in its largest version is the one that is shown', async (_, unread, unopened) => {
    const readBytes = vi.fn(async ({ isLarger }: { isLarger?: boolean }) => {
      if (isLarger && unread) throw new ReadError(unread)
      return isLarger ? new Blob(['large']) : picture
    })
    const readFacts = async (original: Blob) => {
      if (original !== picture && unopened) throw new ReadError(unopened)
      return facts
    }
    const { intake, stored } = setUp({ readBytes, readFacts })
    await intake.takeAddress({ ...address, larger: 'https://secret.example/full' }, fromPage)
    expect(slots()[0]?.state).toMatchObject({ kind: 'ready', width: 40 })
    expect(stored.get('slot-1')?.original).toBe(picture)
  })

  test('that cannot be read in any version says why the shown one could not', async () => {
    const { intake } = setUp({
      readBytes: async ({ isLarger }) => {
        throw new ReadError(isLarger ? 'gone' : 'refused')
      },
    })
    await intake.takeAddress({ ...address, larger: 'https://secret.example/full' }, fromPage)
    expect(slots()[0]?.state).toEqual({ kind: 'failed', reason: 'refused' })
  })

  test('that was taken away is not read in a smaller version', async () => {
    const readBytes = vi.fn(
      (_: unknown, signal: AbortSignal) =>
        new Promise<Blob>((_, reject) => signal.addEventListener('abort', () => reject(new ReadError('timed_out')))),
    )
    const { intake } = setUp({ readBytes })
    const taken = intake.takeAddress({ ...address, larger: 'https://secret.example/full' }, fromPage)
    await expect.poll(() => readBytes).toHaveBeenCalledOnce()
    intake.remove('slot-1')
    await taken
    expect(readBytes).toHaveBeenCalledOnce()
  })

  test('that could not be read takes another version of it', async () => {
    const { intake, stored } = setUp({ readBytes: () => Promise.reject(new ReadError('refused')) })
    await intake.takeAddress(address, fromPage)
    const filled = intake.refill('slot-1', picture)
    expect(slots()[0]?.state.kind).toBe('loading')
    await filled
    expect(slots()[0]).toMatchObject({ role: 'subject', origin: fromPage.origin, state: { kind: 'ready' } })
    expect([...stored.keys()]).toEqual(['slot-1'])
  })

  test('shows at once that it is being read', async () => {
    const { intake } = setUp()
    const taken = intake.takeBlob(picture, fromFile)
    expect(slots()[0]?.state.kind).toBe('loading')
    await taken
  })

  test.each(['refused', 'gone', 'too_big'] as const)('that is %s says so in its slot', async reason => {
    const { intake, stored } = setUp({ readBytes: () => Promise.reject(new ReadError(reason)) })
    await intake.takeAddress(address, fromPage)
    expect(slots()[0]?.state).toEqual({ kind: 'failed', reason })
    expect(stored.size).toBe(0)
  })

  test('that nothing can open is never kept', async () => {
    const { intake, stored } = setUp({ readFacts: () => Promise.reject(new Error('InvalidStateError')) })
    await intake.takeBlob(picture, fromFile)
    expect(slots()[0]?.state).toEqual({ kind: 'failed', reason: 'undecodable' })
    expect(stored.size).toBe(0)
  })

  test('that was taken away while being read ends that and leaves nothing', async () => {
    const bytes = Promise.withResolvers<Blob>()
    const readBytes = vi.fn((_: unknown, _signal: AbortSignal) => bytes.promise)
    const { intake, stored } = setUp({ readBytes })
    const taken = intake.takeAddress(address, fromPage)
    await expect.poll(() => readBytes).toHaveBeenCalledOnce()
    intake.remove('slot-1')
    expect(readBytes.mock.calls[0]?.[1].aborted).toBe(true)
    bytes.resolve(picture)
    await taken
    expect(slots()).toEqual([])
    expect(stored.size).toBe(0)
  })

  test('is usable with a full storage, and the person is told', async () => {
    const { intake, tell } = setUp({ full: true })
    await intake.takeBlob(picture, fromFile)
    expect(slots()[0]?.state.kind).toBe('ready')
    expect(tell).toHaveBeenCalledExactlyOnceWith('not_kept')
  })

  test('after the sixteenth is refused with a word', async () => {
    const { intake, tell } = setUp()
    for (let i = 0; i < 17; i += 1) await intake.takeBlob(picture, fromFile)
    expect(slots()).toHaveLength(16)
    expect(tell).toHaveBeenCalledExactlyOnceWith('full')
  })
})

describe('a picture that goes', () => {
  test('loses its bytes at once; undo brings all back to the same place', async () => {
    const { intake, stored } = setUp()
    for (const _ of 'abc') await intake.takeBlob(picture, fromFile)
    const before = slots()
    const removed = intake.remove('slot-2')
    await expect.poll(() => stored.has('slot-2')).toBe(false)
    expect(slots().map(({ id }) => id)).toEqual(['slot-1', 'slot-3'])
    await removed?.restore()
    expect(slots()).toEqual(before)
    expect(await stored.get('slot-2')?.original.text()).toBe('a picture')
    expect(sourcesStore.getState().thumbnails['slot-2']).toBeDefined()
  })

  test('while it was being read cannot come back as if it still were', async () => {
    const readBytes = (_: unknown, signal: AbortSignal) =>
      new Promise<Blob>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const { intake } = setUp({ readBytes })
    const taken = intake.takeAddress(address, fromPage)
    await expect.poll(() => slots()).toHaveLength(1)
    const removed = intake.remove('slot-1')
    await removed?.restore()
    await taken
    expect(slots()[0]?.state).toEqual({ kind: 'failed', reason: 'interrupted' })
  })
})

describe('slots', () => {
  test('move by steps and stop at the ends', async () => {
    const { intake } = setUp()
    for (const _ of 'abc') await intake.takeBlob(picture, fromFile)
    moveSlot('slot-3', -1)
    expect(slots().map(({ id }) => id)).toEqual(['slot-1', 'slot-3', 'slot-2'])
    moveSlot('slot-1', -1)
    moveSlot('slot-2', 9)
    expect(slots().map(({ id }) => id)).toEqual(['slot-1', 'slot-3', 'slot-2'])
  })

  test('keep role and a weight from 0 to 100', async () => {
    const { intake } = setUp()
    await intake.takeBlob(picture, fromFile)
    setRole('slot-1', 'palette')
    setWeight('slot-1', 140)
    expect(slots()[0]).toMatchObject({ role: 'palette', weight: 100 })
    setWeight('slot-1', -3)
    expect(slots()[0]?.weight).toBe(0)
  })
})

describe('a picture the person wants to make something from, with no room left', () => {
  const two: Capacity = { max: 2, roles: ['subject', 'style'] }
  const wanted = { name: 'wanted', origin: { kind: 'menu' }, wanted: true } as const
  const shown = () => slots().map(({ name, role }) => `${name} as ${role}`)

  const fullDesk = async () => {
    const panel = setUp({ capacity: () => two })
    for (const name of ['one', 'two']) await panel.intake.takeBlob(picture, { name, origin: { kind: 'file' } })
    return panel
  }

  test('takes the slot, role and weight of the first; undo gives them back', async () => {
    const { intake, stored, replaced } = await fullDesk()
    setWeight('slot-1', 40)
    await intake.takeBlob(picture, wanted)
    expect(shown()).toEqual(['wanted as subject', 'two as style'])
    expect(slots()[0]).toMatchObject({ weight: 40, locked: false })
    const [old, at, undo] = replaced.mock.calls[0] ?? []
    expect([old?.name, at]).toEqual(['one', 0])
    await undo?.()
    expect(shown()).toEqual(['one as subject', 'two as style'])
    await expect.poll(() => [...stored.keys()].sort()).toEqual(['slot-1', 'slot-2'])
  })

  test('leaves locked ones alone', async () => {
    const { intake } = await fullDesk()
    setLocked('slot-1', true)
    await intake.takeBlob(picture, wanted)
    expect(shown()).toEqual(['one as subject', 'wanted as style'])
  })

  test('waits behind them when all are locked, and says so', async () => {
    const { intake, tell, replaced } = await fullDesk()
    for (const id of ['slot-1', 'slot-2']) setLocked(id, true)
    await intake.takeBlob(picture, wanted)
    expect(shown()).toEqual(['one as subject', 'two as style', 'wanted as style'])
    expect(tell.mock.calls).toEqual([['locked']])
    expect(replaced).not.toHaveBeenCalled()
  })

  test('comes behind the others while there is room, and so does one that was only added', async () => {
    const { intake, replaced } = await fullDesk()
    await intake.takeBlob(picture, fromFile)
    expect(slots()).toHaveLength(3)
    intake.remove('slot-1')
    intake.remove('slot-2')
    await intake.takeBlob(picture, wanted)
    expect(slots().map(({ name }) => name)).toEqual(['cat.png', 'wanted'])
    expect(replaced).not.toHaveBeenCalled()
  })

  test('is told that there is no room among sixteen locked ones', async () => {
    const { intake, tell } = setUp()
    for (let i = 0; i < 16; i++) await intake.takeBlob(picture, fromFile)
    for (const { id } of slots()) setLocked(id, true)
    await intake.takeBlob(picture, wanted)
    expect(slots()).toHaveLength(16)
    expect(tell.mock.calls).toEqual([['locked']])
  })
})
