import { useEffect, useState } from 'react'
import { ApiProblem } from '../../platform/api/problem.ts'
import { pause } from '../../platform/pause.ts'
import { useObjectUrl } from '../../ui/use-object-url.ts'
import type { BlobKind } from '../cache/local-cache.ts'
import { files } from '../jobs.ts'

const firstWait = 4_000
const longestWait = 60_000

/** Loads until it works, with growing pauses; gives up when the picture is gone. */
async function load(kind: BlobKind, id: string, signal: AbortSignal, onFailure: () => void): Promise<Blob | undefined> {
  for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
    try {
      return await files.blob(kind, id)
    } catch (error) {
      onFailure()
      if (error instanceof ApiProblem && error.code === 'not_found') return undefined
    }
    await pause(wait, signal)
  }
}

/** The bytes of a result as an address for <img>, once they are wanted. */
export function useBytes(
  kind: BlobKind,
  id: string,
  isWanted: boolean,
): { url: string | undefined; hasFailed: boolean } {
  const [blob, setBlob] = useState<Blob>()
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    if (!isWanted) return
    const left = new AbortController()
    load(kind, id, left.signal, () => setFailed(true)).then(
      loaded => {
        if (left.signal.aborted) return
        setBlob(loaded)
        if (loaded) setFailed(false)
      },
      // Left while waiting: nobody looks any more.
      () => {},
    )
    return () => left.abort()
  }, [kind, id, isWanted])
  return { url: useObjectUrl(blob), hasFailed }
}
