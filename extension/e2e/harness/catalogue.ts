import type { Model, ModelList } from '../../../bff/contract/models.ts'

/** The models as the backend tells them to every panel. */
export async function readCatalogue(origin: string): Promise<Model[]> {
  const answer = await fetch(new URL('/v1/models', origin))
  const { models } = (await answer.json()) as ModelList
  return models
}

/** The first model of the catalogue that fits; none is a fault of the test's own wishes. */
export function firstModel(models: readonly Model[], fits: (model: Model) => boolean): Model {
  const found = models.find(model => model.status === 'live' && fits(model))
  if (!found) throw new Error('No model of the catalogue fits.')
  return found
}
