/** Open event streams, by person and by the session they were opened with. */
export interface Streams {
  /** Its signal aborts when the stream must end; `close` when it has ended. */
  open(person: { id: string; familyId: string }): { signal: AbortSignal; close: () => void }
  endFamily(familyId: string): void
  endAll(): void
}

interface OpenStream {
  personId: string
  familyId: string
  controller: AbortController
}

/** A sixth stream ends the oldest: panels come back by themselves, while a dead line cannot lock its person out. */
export function createStreams({ maxPerPerson = 5 } = {}): Streams {
  /** In the order they were opened. */
  const streams = new Set<OpenStream>()

  function end(stream: OpenStream): void {
    streams.delete(stream)
    stream.controller.abort()
  }
  return {
    open({ id, familyId }) {
      const stream = { personId: id, familyId, controller: new AbortController() }
      streams.add(stream)
      const mine = [...streams].filter(other => other.personId === id)
      for (const oldest of mine.slice(0, Math.max(0, mine.length - maxPerPerson))) end(oldest)
      return { signal: stream.controller.signal, close: () => end(stream) }
    },
    endFamily(familyId) {
      for (const stream of streams) if (stream.familyId === familyId) end(stream)
    },
    endAll() {
      for (const stream of streams) end(stream)
    },
  }
}
