import type { Model } from '../contract/models.ts'
import { ProblemError } from '../contract/problems.ts'
import type { Circuits } from './circuits.ts'
import { type ModelEntry, publicModel, type Registry } from './registry.ts'
import type { UsualTimes } from './usual-times.ts'

interface OfferDeps {
  registry: Registry
  /** Names of the providers whose keys are set. */
  ready: ReadonlySet<string>
  /** Development lists what needs a key; production hides it. */
  mode: 'development' | 'production'
  circuits: Circuits
  usualTimes: UsualTimes
}

/** What of the catalogue can be ordered now. */
export interface Offer {
  registry: Registry
  circuits: Circuits
  /** Throws model_retired, model_needs_key or provider_resting. */
  checkOpen(model: ModelEntry): void
  /** For clients; retired models stay, so that old pictures keep a name. */
  list(): Model[]
  /** The provider no longer knows this model: not offered again by this process. */
  retire(modelId: string): void
}

export function createOffer({ registry, ready, mode, circuits, usualTimes }: OfferDeps): Offer {
  const gone = new Set<string>()
  const statusOf = ({ id, status }: ModelEntry) => (gone.has(id) ? 'retired' : status)
  const availabilityOf = ({ provider }: ModelEntry) => (ready.has(provider) ? 'ready' : 'needs_key')
  const isShown = (entry: ModelEntry) =>
    mode === 'development' || statusOf(entry) === 'retired' || availabilityOf(entry) === 'ready'

  return {
    registry,
    circuits,
    checkOpen(model) {
      if (statusOf(model) === 'retired')
        throw new ProblemError('model_retired', model.successor === null ? undefined : { successor: model.successor })
      if (availabilityOf(model) === 'needs_key') throw new ProblemError('model_needs_key')
      const until = circuits.restsUntil(model.provider)
      if (until !== null) throw new ProblemError('provider_resting', { until })
    },
    list: () =>
      registry
        .all()
        .filter(isShown)
        .map(entry => ({
          ...publicModel(entry, availabilityOf(entry)),
          status: statusOf(entry),
          usualMs: usualTimes.of(entry.id, entry.usualMs),
        })),
    retire: modelId => void gone.add(modelId),
  }
}
