import type { Role } from '../../bff/contract/models.ts'
import type { PictureRef } from '../picking/page-link.ts'
import type { SourceBytes, StoredSource } from './bytes.ts'
import { noEdits } from './edit/edits.ts'
import { ReadError, type ReadFailure } from './ladder/read-error.ts'
import type { PictureAddress } from './ladder/rungs.ts'
import { nextRole } from './roles.ts'
import { maxSlots, type Origin } from './slot.ts'
import { dropSlot, findSlot, insertSlot, setOrigin, setSlotState, setThumbnail, sourcesStore } from './store.ts'

interface Facts {
  width: number
  height: number
  animated: boolean
  thumbnail: Blob
}

interface IntakeDeps {
  bytes: SourceBytes
  readByLadder(address: PictureAddress, signal: AbortSignal): Promise<Blob>
  readFacts(original: Blob): Promise<Facts>
  newId(): string
  now(): number
  /** Roles the chosen model knows, in its order; undefined while none is chosen. */
  offeredRoles(): readonly Role[] | undefined
  /** Tells what the person should know but need not answer. */
  tell(what: 'full' | 'not_kept'): void
}

interface Arrival {
  name: string
  origin: Origin
}

interface RemovedSource {
  /** Puts the slot back where it was, with its bytes. */
  restore(): Promise<void>
}

const interrupted = { kind: 'failed', reason: 'interrupted' } as const

/** A copy that does not end with its row in IndexedDB. */
const inMemory = async (blob: Blob) => new Blob([await blob.arrayBuffer()], { type: blob.type })

/** The way of a picture into a slot: found, read, opened once to be sure, kept. */
export const createIntake = (deps: IntakeDeps) => {
  const readings = new Map<string, AbortController>()

  const fail = (id: string, error: unknown) => {
    const reason: ReadFailure = error instanceof ReadError ? error.reason : 'undecodable'
    setSlotState(id, { kind: 'failed', reason })
  }

  const fill = async (id: string, read: (signal: AbortSignal) => Promise<Blob>) => {
    const reading = new AbortController()
    readings.set(id, reading)
    try {
      const original = await read(reading.signal)
      const { width, height, animated, thumbnail } = await deps.readFacts(original)
      // Taken away while it was being read.
      if (!findSlot(id)) return
      const kept = await deps.bytes.put({ id, original, thumbnail, storedAt: deps.now() })
      if (!findSlot(id)) return void (await deps.bytes.remove(id))
      if (!kept) deps.tell('not_kept')
      setThumbnail(id, thumbnail)
      setSlotState(id, { kind: 'ready', width, height, bytes: original.size, animated })
    } catch (error) {
      if (findSlot(id) && !reading.signal.aborted) fail(id, error)
    } finally {
      readings.delete(id)
    }
  }

  const take = async ({ name, origin }: Arrival, read: (signal: AbortSignal, id: string) => Promise<Blob>) => {
    const { slots } = sourcesStore.getState()
    if (slots.length >= maxSlots) return deps.tell('full')
    const id = deps.newId()
    const role = nextRole(slots, deps.offeredRoles())
    insertSlot({ id, role, weight: 100, name, origin, state: { kind: 'reading' }, edits: noEdits })
    await fill(id, signal => read(signal, id))
  }

  /** Moves bytes out of the store into memory. */
  const takeBytes = async (id: string): Promise<StoredSource | undefined> => {
    const stored = await deps.bytes.get(id)
    const copy = stored && {
      ...stored,
      original: await inMemory(stored.original),
      thumbnail: await inMemory(stored.thumbnail),
    }
    await deps.bytes.remove(id)
    return copy
  }

  return {
    /** Takes bytes that are already here: pasted, dropped, a file, a result. */
    takeBlob: (blob: Blob, arrival: Arrival) => take(arrival, async () => blob),

    /** Reads one picture of a page by the ladder. Its address is forgotten with this call. */
    takeAddress: (address: PictureAddress, arrival: Arrival) =>
      take(arrival, (signal, id) => {
        const found = ({ frame, id: pictureId }: PictureRef) =>
          setOrigin(id, { kind: 'page', tabId: address.tabId, frame, pictureId })
        return deps.readByLadder({ ...address, found }, signal)
      }),

    /** Fills a slot whose picture could not be read with another version of it. */
    refill: (id: string, blob: Blob) => {
      setSlotState(id, { kind: 'reading' })
      return fill(id, async () => blob)
    },

    /** Takes a slot away, ends its reading and deletes its bytes; they live on in the answer alone, while it can be undone. */
    remove: (id: string): RemovedSource | undefined => {
      const { slots } = sourcesStore.getState()
      const at = slots.findIndex(slot => slot.id === id)
      const slot = slots[at]
      if (!slot) return undefined
      dropSlot(id)
      readings.get(id)?.abort()
      const taken = takeBytes(id)
      return {
        restore: async () => {
          const copy = await taken
          if (copy) {
            await deps.bytes.put(copy)
            setThumbnail(id, copy.thumbnail)
          }
          insertSlot(slot.state.kind === 'reading' ? { ...slot, state: interrupted } : slot, at)
        },
      }
    },
  }
}
