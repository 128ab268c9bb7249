import { ReadError } from './read-error.ts'

/** More than any picture a person means; stops an endless answer. */
export const maxPictureBytes = 32 * 1024 * 1024

interface FetchPictureOptions {
  fetch: typeof fetch
  signal: AbortSignal
}

const readCapped = async (response: Response): Promise<Blob> => {
  if (Number(response.headers.get('content-length')) > maxPictureBytes) {
    await response.body?.cancel()
    throw new ReadError('too_big')
  }
  if (!response.body) return new Blob()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let total = 0
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return new Blob(chunks)
    total += value.byteLength
    if (total > maxPictureBytes) {
      await reader.cancel()
      throw new ReadError('too_big')
    }
    chunks.push(value)
  }
}

const reasonOfStatus = (status: number) => (status === 404 || status === 410 ? 'gone' : 'refused')

/**
 * One GET of a picture's own address, without the site's cookies and without saying where the person is.
 * `credentials` is always written out: the default of an extension page with host access would send cookies.
 */
export const fetchPicture = async (address: string, { fetch, signal }: FetchPictureOptions): Promise<Blob> => {
  try {
    const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal })
    if (!response.ok) throw new ReadError(reasonOfStatus(response.status))
    return await readCapped(response)
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError(signal.aborted ? 'timed_out' : 'unreachable')
  }
}

/** Whether an address that could not be loaded leads on to another one: only then its own server did answer. */
export const isRedirect = async (address: string, { fetch, signal }: FetchPictureOptions): Promise<boolean> => {
  const options = { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual', signal } as const
  const answer = await fetch(address, options).catch(() => null)
  await answer?.body?.cancel()
  return answer?.type === 'opaqueredirect'
}
