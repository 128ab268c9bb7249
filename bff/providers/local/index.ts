import { integer } from '../../config/env.ts'
import { ProblemError } from '../../contract/problems.ts'
import type { PromptParts, Reading } from '../../contract/readings.ts'
import { eachLanguage, type Language, partNames } from '../../contract/values.ts'
import type { Description } from '../../restyle/description/describe.ts'
import { createRestyleEngine, type RestyleEngine } from '../../restyle/engine.ts'
import { RestyleError } from '../../restyle/order.ts'
import type { CallControl, DirectProvider, ProviderAnswer, ProviderDescriptor, ProviderRequest } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { checkBy, noParameters } from '../shared/parameters.ts'

interface Settings {
  /** Worker threads; 0: one less than the machine has. */
  threads: number
}

/** Real image work on this machine, no network, not AI. The same request gives the same bytes. */
export const local = {
  name: 'local',
  recipient: null,
  hosts: [],
  catalogue: new URL('catalogue.json', import.meta.url),
  wrongParameters: checkBy({ image: noParameters, reading: noParameters }),
  settings: env => ({ threads: integer(env, 'LOCAL_THREADS', 0, 0, 64) }),

  create({ threads }): DirectProvider {
    const engine = createRestyleEngine({ threads })
    return {
      way: 'direct',
      repeatable: true,
      call: (request, control) =>
        answerBy(engine, request, control).catch((error: unknown) => {
          throw error instanceof RestyleError ? toProblem(error) : error
        }),
      close: engine.close,
    }
  },
} satisfies ProviderDescriptor<Settings>

const usage = { microUsd: 0 }

async function answerBy(
  engine: RestyleEngine,
  request: ProviderRequest,
  { signal, onProgress }: CallControl,
): Promise<ProviderAnswer> {
  switch (request.kind) {
    case 'image': {
      const { prompt, sources: pictures, width, height, seed } = request
      const picture = await engine.restyle({ prompt, pictures, width, height, seed }, { signal, onProgress })
      return { kind: 'files', files: [picture], usage }
    }
    case 'reading':
      return {
        kind: 'reading',
        reading: toReading(await engine.describe(request.source, { signal, onProgress })),
        usage,
      }
    case 'model3d':
      throw new ProviderError({ kind: 'rejected_input' })
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

/** What cannot be measured stays empty: subject, setting, mood and text among it. The engine knows two languages. */
const toReading = (description: Description): Reading => {
  const measured: Partial<Record<Language, Partial<PromptParts>>> = description
  return eachLanguage(language => ({ ...nothing, ...(measured[language] ?? description.en) }))
}
