import { ReadError, type ReadFailure } from './read-error.ts'
import type { ByteReader, PictureAddress } from './readers.ts'

export interface FailedReader {
  reader: ByteReader['name']
  reason: ReadFailure
}

/** No way led to the picture; `reason` is what the person is told, `failed` what happened with each. */
export class ByteReadingError extends ReadError {
  readonly failed: readonly FailedReader[]
  constructor(failed: readonly FailedReader[], isOnline: boolean) {
    super(tellingReason(failed, isOnline))
    this.name = 'ByteReadingError'
    this.failed = failed
  }
}

/**
 * The panel's own request names the cause best, so the last reader that ran has the word; but where the page was left, its
 * frame might have read what the panel may not.
 */
const tellingReason = (failed: readonly FailedReader[], isOnline: boolean): ReadFailure => {
  if (wasLeft(failed)) return 'page_left'
  const last = failed.at(-1)?.reason ?? 'page_refused'
  return last === 'unreachable' && !isOnline ? 'offline' : last
}

/** Who left the page goes on with something else: what can be had without it comes soon, or not at all. */
const withoutPageMs = 3_000

const hurried = (signal: AbortSignal | undefined) =>
  AbortSignal.any([AbortSignal.timeout(withoutPageMs), ...(signal ? [signal] : [])])

const wasLeft = (failed: readonly FailedReader[]) => failed.some(({ reason }) => reason === 'page_left')

/** What Chrome opened, and will not take: another way to the same picture would bring the same. */
const isAboutPicture = (error: ReadError) => ['blank', 'too_small', 'too_many_pixels'].includes(error.reason)

/**
 * Tries the readers in order until one gives the picture's bytes, or the signal says that nobody wants them any more. A page
 * that asks to sign in answers 200 too: `open` rejects with a ReadError where Chrome sees no picture.
 */
export const createByteReading =
  (
    readers: readonly ByteReader[],
    { isOnline, open }: { isOnline: () => boolean; open: (blob: Blob) => Promise<unknown> },
  ) =>
  async (address: PictureAddress, signal?: AbortSignal): Promise<Blob> => {
    const failed: FailedReader[] = []
    for (const reader of readers) {
      signal?.throwIfAborted()
      try {
        const blob = await reader.read(address, wasLeft(failed) ? hurried(signal) : signal)
        if (!blob) continue
        await open(blob)
        return blob
      } catch (error) {
        if (!(error instanceof ReadError) || isAboutPicture(error)) throw error
        failed.push({ reader: reader.name, reason: error.reason })
      }
    }
    throw new ByteReadingError(failed, isOnline())
  }
