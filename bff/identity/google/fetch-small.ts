import { ProblemError } from '../../contract/problems.ts'

/** Google's list of keys has about 2 KB. */
const maxBytes = 256 * 1024

/** `fetch` for a small JSON document: anything but a 200 that ends before the limit is `unavailable`. */
export async function fetchSmall(url: string, options: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, options)
    if (response.status !== 200) throw new Error('Refused.')
    const text = await readUpTo(response, maxBytes)
    JSON.parse(text)
    return new Response(text)
  } catch {
    throw new ProblemError('unavailable')
  }
}

async function readUpTo(response: Response, limit: number): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    // Leaving the loop closes the connection.
    if (bytes > limit) throw new Error('Too large.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}
