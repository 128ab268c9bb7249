import type { Egress } from './egress/egress.ts'
import { MakerError } from './maker-error.ts'
import type { CallControl } from './provider.ts'

/**
 * Fetches a file that a maker made, without credentials and from its own hosts only. `looksRight` judges by the bytes:
 * names and types are the maker's word. A file that is gone or wrong is a `bad_answer`; what may pass, an
 * `unknown_outcome`: the file can be asked for again.
 */
export async function download(
  egress: Egress,
  url: string,
  control: Pick<CallControl, 'signal' | 'admit'>,
  looksRight: (bytes: Buffer) => boolean,
): Promise<Buffer> {
  const response = await egress.fetch(control)(url)
  if (response.status === 408 || response.status === 429 || response.status >= 500)
    throw new MakerError({ kind: 'unknown_outcome' })
  if (!response.ok) throw new MakerError({ kind: 'bad_answer' })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (!looksRight(bytes)) throw new MakerError({ kind: 'bad_answer' })
  return bytes
}
