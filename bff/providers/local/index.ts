import { ProblemError } from '../../contract/problems.ts'
import type { PromptParts, Reading } from '../../contract/readings.ts'
import { partNames } from '../../contract/values.ts'
import type { Description } from '../../restyle/description/describe.ts'
import { createRestyleEngine } from '../../restyle/engine.ts'
import { RestyleError } from '../../restyle/order.ts'
import type { CallControl, DirectProvider, ProviderAnswer, ProviderRequest } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'

export interface LocalProviderOptions {
  /** Worker threads; 0: one less than the machine has. */
  threads: number
}

const usage = { microUsd: 0 }

/** The on-device provider: real image work on this machine, no network, not AI. The same request gives the same bytes. */
export function createLocalProvider({ threads }: LocalProviderOptions): DirectProvider {
  const engine = createRestyleEngine({ threads })

  async function answer(request: ProviderRequest, control: CallControl): Promise<ProviderAnswer> {
    switch (request.kind) {
      case 'image': {
        const { prompt, sources: pictures, width, height, seed } = request
        const picture = await engine.restyle({ prompt, pictures, width, height, seed }, control)
        return { kind: 'files', files: [picture], usage }
      }
      case 'reading':
        return { kind: 'reading', reading: toReading(await engine.describe(request.source, control)), usage }
      case 'model3d':
        throw new ProviderError({ kind: 'rejected_input' })
    }
  }

  return {
    way: 'direct',
    repeatable: true,
    call: (request, { signal, onProgress, admit }) =>
      answer(request, { signal, onProgress, admit }).catch((error: unknown) => {
        throw error instanceof RestyleError ? toProblem(error) : error
      }),
    close: engine.close,
  }
}

const problems = {
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  no_picture: 'picture_missing',
  failed: 'internal',
} as const

const toProblem = ({ code, cause }: RestyleError) => Object.assign(new ProblemError(problems[code]), { cause })

const nothing = Object.fromEntries(partNames.map(name => [name, ''])) as PromptParts

/** What cannot be measured stays empty: subject, setting, mood and text among it. */
const toReading = ({ en, ja }: Description): Reading => ({ en: { ...nothing, ...en }, ja: { ...nothing, ...ja } })
