import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Model } from '../../bff/contract/models.ts'
import { api } from '../platform/api/api.ts'
import { type ApiProblem, asProblem } from '../platform/api/problem.ts'
import { listen, type Stop } from '../platform/stop.ts'

export interface Models {
  /** Null until the catalogue has been read once. */
  list: readonly Model[] | null
  /** Why the last reading failed; the models read before stay. */
  problem: ApiProblem | null
}

/** The catalogue as the backend tells it. Nothing about a model is known to the extension itself. */
export const modelsStore = createStore<Models>(() => ({ list: null, problem: null }))

export const useModels = <T>(select: (models: Models) => T) => useStore(modelsStore, select)

/** Reads the catalogue again: on request, and when a price has changed. */
export const loadModels = async () => {
  try {
    const { models } = await api.models()
    modelsStore.setState({ list: models, problem: null })
  } catch (error) {
    modelsStore.setState({ problem: asProblem(error) })
  }
}

/** Reads the catalogue, and again when a line comes back that it could not be read over. */
export function startCatalogue(): Stop {
  void loadModels()
  return listen(window, 'online', () => {
    if (modelsStore.getState().problem) void loadModels()
  })
}
