import { type KeyboardEvent, useState } from 'react'
import { useStore } from 'zustand'
import { useT } from '../../platform/i18n/i18n.ts'
import { isComposing } from '../../ui/composing.ts'
import { rememberedStore } from '../press/remembered.ts'
import { setPrompt, useStudio } from '../store.ts'
import { promptFieldId } from './focus-prompt.ts'
import { mayRecall, type Recall, recalled, startRecall, stepRecall } from './recall.ts'
import { typed } from './typed.ts'

/** The words as one text: optional where a picture is there, never lost. Up in an empty field brings earlier prompts. */
export function PromptField() {
  const t = useT()
  const prompt = useStudio(choices => choices.prompt)
  const past = useStore(rememberedStore, ({ prompts }) => prompts)
  const [recall, setRecall] = useState<Recall | null>(null)

  const walk = (step: 1 | -1) => {
    const next = stepRecall(recall ?? startRecall(past, prompt), step)
    setRecall(next.at === -1 ? null : next)
    setPrompt(recalled(next))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' && recall ? -1 : 0
    if (step === 0 || !mayRecall(recall, prompt) || past.length === 0) return
    event.preventDefault()
    walk(step)
  }

  return (
    <textarea
      id={promptFieldId}
      className="studio-prompt"
      rows={3}
      value={prompt}
      placeholder={t('studio.prompt.placeholder')}
      onChange={event => {
        setRecall(null)
        setPrompt(typed(event.currentTarget.value))
      }}
      onKeyDown={onKeyDown}
    />
  )
}
