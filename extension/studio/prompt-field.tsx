import { type KeyboardEvent, useState } from 'react'
import { useStore } from 'zustand'
import { t as text, useT } from '../platform/i18n.ts'
import { Button } from '../shell/button.tsx'
import { showNotice } from '../shell/notices.ts'
import { Section } from '../shell/section.tsx'
import { isComposing } from './composing.ts'
import { phrasesOf, rollDice } from './dice.ts'
import { ProblemNote } from './problem-note.tsx'
import { maxPrompt, promptLength } from './readiness.ts'
import { mayRecall, type Recall, recalled, startRecall, stepRecall } from './recall.ts'
import { rememberedStore } from './remembered.ts'
import { setPrompt, studioStore, useStudio } from './store.ts'

/** The counter appears when the end is near. */
const nearTheEnd = maxPrompt - 400

export const promptFieldId = 'studio-prompt'

/** Fills the prompt with a few words; what stood there comes back with Undo. */
const roll = () => {
  const before = studioStore.getState().prompt
  const kinds = [text('studio.dice.look'), text('studio.dice.light'), text('studio.dice.colour')].map(phrasesOf)
  setPrompt(rollDice(kinds, text('studio.dice.joiner'), before, Math.random))
  if (before.trim() !== '') showNotice({ text: text('studio.prompt.dice_done'), undo: () => setPrompt(before) })
}

function Counter({ prompt }: { prompt: string }) {
  const t = useT()
  const length = promptLength(prompt)
  const over = length - maxPrompt
  return (
    <p role="status" className="studio-count" data-over={over > 0}>
      {over > 0
        ? t('studio.prompt.too_long', { length, most: maxPrompt, over })
        : length >= nearTheEnd
          ? t('studio.prompt.count', { length, most: maxPrompt })
          : null}
    </p>
  )
}

/** The words: optional where a picture is there, never lost. Up in an empty field brings earlier prompts. */
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
    <Section
      title={<label htmlFor={promptFieldId}>{t('studio.prompt.title')}</label>}
      aside={
        <Button look="link" onClick={roll}>
          {t('studio.prompt.dice')}
        </Button>
      }
    >
      <textarea
        id={promptFieldId}
        className="studio-prompt"
        rows={3}
        value={prompt}
        placeholder={t('studio.prompt.placeholder')}
        onChange={event => {
          setRecall(null)
          setPrompt(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      <Counter prompt={prompt} />
      <ProblemNote place="prompt" />
    </Section>
  )
}
