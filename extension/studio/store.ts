import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Aspect, Model } from '../../bff/contract/models.ts'
import { type Choices, modelFor, noChoices } from './choices.ts'
import { modelsStore, useModels } from './models.ts'

/** Words and choices of the draft. */
export const studioStore = createStore<Choices>(() => noChoices)

export const useStudio = <T>(select: (choices: Choices) => T) => useStore(studioStore, select)

export const setPrompt = (prompt: string) => studioStore.setState({ prompt })
export const setModel = (modelId: string) => studioStore.setState({ modelId })
export const setAspect = (aspect: Aspect) => studioStore.setState({ aspect })
export const setSize = (size: string) => studioStore.setState({ size })
export const setSeed = (seed: number | null) => studioStore.setState({ seed })

/** The model in use; undefined until the catalogue has been read. */
export const currentModel = (): Model | undefined => modelFor(modelsStore.getState().list ?? [], studioStore.getState())

export const useCurrentModel = (): Model | undefined => {
  const choices = useStore(studioStore)
  return useModels(({ list }) => modelFor(list ?? [], choices))
}
