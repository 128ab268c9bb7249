import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ChosenOptions } from '../../bff/contract/chosen-options.ts'
import type { Aspect } from '../../bff/contract/models.ts'
import type { PartName } from '../../bff/contract/values.ts'
import { currentLanguage, type Language, useLanguage } from '../platform/i18n/i18n.ts'
import { type Choices, noChoices } from './order/choices.ts'
import { withLock, withOwnWords } from './prompt/parts/parts.ts'
import { inParts, inText, languageOf } from './prompt/words.ts'

interface Settings {
  model: string
  prompt: string
  negative?: string
  options: ChosenOptions
}

/** Words and choices of the draft. */
export const studioStore = createStore<Choices>(() => noChoices)

export const useStudio = <T>(select: (choices: Choices) => T) => useStore(studioStore, select)

export const setPrompt = (prompt: string) => studioStore.setState({ prompt })
export const setModel = (modelId: string) => studioStore.setState({ modelId })
export const setAspect = (aspect: Aspect) => studioStore.setState({ aspect })
export const setSize = (size: string) => studioStore.setState({ size })
export const setQuality = (quality: string) => studioStore.setState({ quality })
export const setCount = (count: number) => studioStore.setState({ count })
export const setTransparent = (transparent: boolean) => studioStore.setState({ transparent })
export const setReader = (readerId: string) => studioStore.setState({ readerId })
export const setSeed = (seed: number | null) => studioStore.setState({ seed })

export const setPart = (name: PartName, text: string) =>
  studioStore.setState(({ parts }) => ({ parts: withOwnWords(parts, { [name]: text }) }))

export const lockPart = (name: PartName, locked: boolean) =>
  studioStore.setState(({ parts }) => ({ parts: withLock(parts, name, locked) }))

export const setPartsLanguage = (language: Language) => studioStore.setState({ language })

/** The language in which the parts stand: the chosen one, else that of the panel. */
export const useShownLanguage = () => languageOf({ language: useStudio(choices => choices.language) }, useLanguage())

/** Shows the words as parts or as one text; neither loses what was written in it. */
export const setView = (view: Choices['view']) => {
  const choices = studioStore.getState()
  if (choices.view === view) return
  studioStore.setState(view === 'parts' ? inParts(choices) : inText(choices, currentLanguage()))
}

/** Puts back what a result was made with. Its words come as one text; the parts wait aside. */
export const applySettings = ({ model, prompt, negative, options }: Settings, language: Language) =>
  studioStore.setState(({ parts }) => ({
    view: 'text',
    prompt,
    modelId: model,
    ...options,
    ...(negative !== undefined &&
      negative !== parts.negative[language] && { parts: withOwnWords(parts, { negative }) }),
  }))
