import type { Egress } from '../egress/egress.ts'
import type { CallControl } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'

/**
 * Fetches a file that a provider made, without credentials and from its own hosts only. `looksRight` judges by the bytes:
 * names and types are the provider's word. A file that is gone or wrong is a `bad_answer`; what may pass, an
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
    throw new ProviderError({ kind: 'unknown_outcome' })
  if (!response.ok) throw new ProviderError({ kind: 'bad_answer' })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (!looksRight(bytes)) throw new ProviderError({ kind: 'bad_answer' })
  return bytes
}
