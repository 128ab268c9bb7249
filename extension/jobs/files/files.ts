import type { Api } from '../../platform/api/api.ts'
import type { BlobKind, LocalCache } from '../cache/local-cache.ts'

/** Bytes of results: from the local copy, else from the backend, and then kept. Asked for twice at once, fetched once. */
export function createFiles({ api, cache }: { api: Pick<Api, 'file' | 'thumbnail'>; cache: LocalCache }) {
  const loading = new Map<string, Promise<Blob>>()

  async function load(kind: BlobKind, id: string): Promise<Blob> {
    const person = cache.owner()
    const kept = await cache.blob(kind, id)
    if (kept) return kept
    const blob = await api[kind](id)
    void cache.saveBlob(person, kind, id, blob)
    return blob
  }

  return {
    blob: (kind: BlobKind, id: string): Promise<Blob> => {
      const key = `${kind}/${id}`
      const current = loading.get(key)
      if (current) return current
      const started = load(kind, id).finally(() => loading.delete(key))
      loading.set(key, started)
      return started
    },
  }
}
