import { listOf, recordOf } from '../lenient.ts'
import type { Usage } from '../provider.ts'
import { tokenCost, tokens } from '../tokens.ts'

/** What a call cost by its usageMetadata; null without one. */
export function usageOf(metadata: unknown, prices: { input: number; output: number; image: number }): Usage {
  if (typeof metadata !== 'object' || metadata === null) return { microUsd: null }
  const { promptTokenCount, candidatesTokenCount, candidatesTokensDetails, thoughtsTokenCount } = recordOf(metadata)
  const written = tokens(candidatesTokenCount)
  // Without details all of it counts as the dearest.
  const pixels = Array.isArray(candidatesTokensDetails)
    ? listOf(candidatesTokensDetails)
        .map(recordOf)
        .filter(({ modality }) => modality === 'IMAGE')
        .reduce((sum, { tokenCount }) => sum + tokens(tokenCount), 0)
    : written
  const cost = tokenCost([
    [tokens(promptTokenCount), prices.input],
    [Math.max(0, written - pixels) + tokens(thoughtsTokenCount), prices.output],
    [pixels, prices.image],
  ])
  return { microUsd: cost }
}
