import type { LinkedPicture, PictureRef } from '../picking/panel/page-link.ts'
import type { SourceBytes, StoredSource } from './bytes.ts'
import { noEdits } from './edit/edits.ts'
import { ReadError, type ReadFailure } from './readers/read-error.ts'
import type { PictureAddress } from './readers/readers.ts'
import { type Capacity, findRoom, nextRole } from './slots/roles.ts'
import { maxSlots, type Origin, type Slot } from './slots/slot.ts'
import { dropSlot, findSlot, insertSlot, setOrigin, setSlotState, setThumbnail, sourcesStore } from './store.ts'

interface Facts {
  width: number
  height: number
  animated: boolean
  isPart: boolean
  thumbnail: Blob
}

interface IntakeDeps {
  bytes: SourceBytes
  /** The picture at an address, if its page lists it. */
  find(tabId: number, src: string): Promise<LinkedPicture | undefined>
  readBytes(address: PictureAddress, signal: AbortSignal): Promise<Blob>
  readFacts(original: Blob): Promise<Facts>
  newId(): string
  now(): number
  /** What the chosen model takes. */
  capacity(): Capacity
  /** Tells what the person should know but need not answer. */
  tell(what: 'full' | 'locked' | 'not_kept'): void
  /** The slot that was at this index gave way; `undo` puts it back and takes the new one away. */
  replaced(slot: Slot, at: number, undo: () => Promise<void>): void
}

interface Arrival {
  name: string
  origin: Origin
  /** The person wants to make something from this very picture: with no room left, an unlocked one gives way. */
  wanted?: boolean
}

/** A picture of a page: as the page listed it, or by its address alone. */
interface TakenAddress {
  src: string
  tabId: number
  listed?: PictureRef
  /** The largest that the page offers in its place. */
  larger?: string | undefined
}

/** One way to have a picture; of several the first that can be opened. */
type Version = () => Promise<Blob>

interface RemovedSource {
  /** Puts the slot back where it was, with its bytes. */
  restore(): Promise<void>
}

const interrupted = { kind: 'failed', reason: 'interrupted' } as const

/** A copy that does not end with its row in IndexedDB. */
const inMemory = async (blob: Blob) => new Blob([await blob.arrayBuffer()], { type: blob.type })

/** The first version that can be opened, with what it is. */
const openFirst = async (versions: readonly Version[], readFacts: IntakeDeps['readFacts'], signal: AbortSignal) => {
  const last = versions.length - 1
  for (const read of versions.slice(0, last)) {
    try {
      const original = await read()
      return { original, facts: await readFacts(original) }
    } catch {
      // What is told about is the picture that the person saw.
      signal.throwIfAborted()
    }
  }
  const original = await versions[last]!()
  return { original, facts: await readFacts(original) }
}

/** Moves bytes out of the store into memory. */
const moveBytes = async (bytes: SourceBytes, id: string): Promise<StoredSource | undefined> => {
  const stored = await bytes.get(id)
  const copy = stored && {
    ...stored,
    original: await inMemory(stored.original),
    thumbnail: await inMemory(stored.thumbnail),
  }
  await bytes.remove(id)
  return copy
}

type FillDeps = Pick<IntakeDeps, 'bytes' | 'readFacts' | 'now' | 'tell'>

/** How a slot comes to its bytes and loses them: read, opened once to be sure, kept; taken away with a way back. */
const createFilling = (deps: FillDeps) => {
  const loads = new Map<string, AbortController>()

  const fail = (id: string, error: unknown) => {
    const reason: ReadFailure = error instanceof ReadError ? error.reason : 'undecodable'
    setSlotState(id, { kind: 'failed', reason })
  }

  const fill = async (id: string, versionsOf: (signal: AbortSignal) => Promise<Version[]> | Version[]) => {
    const load = new AbortController()
    loads.set(id, load)
    try {
      const { original, facts } = await openFirst(await versionsOf(load.signal), deps.readFacts, load.signal)
      const { width, height, animated, isPart, thumbnail } = facts
      // Taken away while it was being read.
      if (!findSlot(id)) return
      const kept = await deps.bytes.put({ id, original, thumbnail, storedAt: deps.now() })
      if (!findSlot(id)) return void (await deps.bytes.remove(id))
      if (!kept) deps.tell('not_kept')
      setThumbnail(id, thumbnail)
      setSlotState(id, { kind: 'ready', width, height, bytes: original.size, animated, ...(isPart && { isPart }) })
    } catch (error) {
      if (findSlot(id) && !load.signal.aborted) fail(id, error)
    } finally {
      loads.delete(id)
    }
  }

  /** Takes a slot away, ends its loading and deletes its bytes; they live on in the answer alone, while it can be undone. */
  const remove = (id: string): RemovedSource | undefined => {
    const { slots } = sourcesStore.getState()
    const at = slots.findIndex(slot => slot.id === id)
    const slot = slots[at]
    if (!slot) return undefined
    dropSlot(id)
    loads.get(id)?.abort()
    const taken = moveBytes(deps.bytes, id)
    return {
      restore: async () => {
        const copy = await taken
        if (copy) {
          await deps.bytes.put(copy)
          setThumbnail(id, copy.thumbnail)
        }
        insertSlot(slot.state.kind === 'loading' ? { ...slot, state: interrupted } : slot, at)
      },
    }
  }

  /** Ends all loading; a picture that comes all the same finds no slot. */
  const stop = () => {
    for (const load of loads.values()) load.abort()
  }

  return { fill, remove, stop }
}

/** The way of a picture into a slot: room is made, it is found on its page, read and kept. */
export const createIntake = (deps: IntakeDeps) => {
  const { fill, remove, stop } = createFilling(deps)

  /** Where a new picture goes: behind the others, or where one gave way. Undefined: there is no room for it. */
  const makeRoom = (newId: string, wanted: boolean): (Pick<Slot, 'role' | 'weight'> & { at: number }) | undefined => {
    const { slots } = sourcesStore.getState()
    const capacity = deps.capacity()
    const { isFull, givenUp } = findRoom(slots, capacity)
    if (wanted && givenUp) {
      const at = slots.indexOf(givenUp)
      const removed = remove(givenUp.id)
      deps.replaced(givenUp, at, async () => {
        remove(newId)
        await removed?.restore()
      })
      return { at, role: givenUp.role, weight: givenUp.weight }
    }
    const hasRoom = slots.length < maxSlots
    if (wanted && isFull) deps.tell('locked')
    else if (!hasRoom) deps.tell('full')
    return hasRoom ? { at: slots.length, role: nextRole(slots, capacity.roles), weight: 100 } : undefined
  }

  const take = async (
    { name, origin, wanted = false }: Arrival,
    versionsOf: (signal: AbortSignal, id: string) => Promise<Version[]> | Version[],
  ) => {
    const id = deps.newId()
    const room = makeRoom(id, wanted)
    if (!room) return
    const { at, role, weight } = room
    insertSlot({ id, role, weight, locked: false, name, origin, state: { kind: 'loading' }, edits: noEdits }, at)
    await fill(id, signal => versionsOf(signal, id))
  }

  /** Only an address was known: where its page lists it, it is known by its number there from now on. */
  const findListed = async ({ src, tabId }: TakenAddress, id: string): Promise<TakenAddress> => {
    // It is its own bytes, and often too long to be listed with its address.
    const found = src.startsWith('data:') ? undefined : await deps.find(tabId, src)
    if (!found) return { src, tabId }
    const { frame, id: pictureId, larger } = found
    setOrigin(id, { kind: 'page', tabId, frame, pictureId })
    return { src, tabId, listed: { frame, id: pictureId }, larger: larger?.src }
  }

  return {
    /** Takes bytes that are already here: pasted, dropped, a file, a result. */
    takeBlob: (blob: Blob, arrival: Arrival) => take(arrival, () => [async () => blob]),

    /** Reads one picture of a page by the byte readers, the largest version first. Its addresses are forgotten with this call. */
    takeAddress: (taken: TakenAddress, arrival: Arrival) =>
      take(arrival, async (signal, id) => {
        const { src, tabId, listed, larger } = taken.listed ? taken : await findListed(taken, id)
        const shown = () => deps.readBytes({ src, tabId, listed }, signal)
        if (larger === undefined) return [shown]
        return [() => deps.readBytes({ src: larger, tabId, listed, isLarger: true }, signal), shown]
      }),

    /** Fills a slot whose picture could not be read with another version of it. */
    refill: (id: string, blob: Blob) => {
      setSlotState(id, { kind: 'loading' })
      return fill(id, () => [async () => blob])
    },

    remove,
    stop,
  }
}
