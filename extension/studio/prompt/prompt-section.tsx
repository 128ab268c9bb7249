import './prompt.css'
import { useStore } from 'zustand'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { Section } from '../../ui/section.tsx'
import { useCurrentModel, wordsStore } from '../order/current.ts'
import { longestPrompt, promptLength } from '../order/readiness.ts'
import { MakingProblem } from '../press/making-problem.tsx'
import { ReadBar } from '../reading/read-bar.tsx'
import { setView, useStudio } from '../store.ts'
import { CopyAs } from './copy-as.tsx'
import { rollPrompt } from './dice.ts'
import { promptFieldId } from './focus-prompt.ts'
import { PartsEditor } from './parts-editor.tsx'
import { PromptField } from './prompt-field.tsx'

/** The counter appears when the end is this near. */
const near = 400

/** How long the words are, as they would be sent, once that matters. */
function Counter() {
  const t = useT()
  const most = longestPrompt(useCurrentModel())
  // Nothing is drawn anew before it matters.
  const length = useStore(wordsStore, ({ prompt }) => Math.max(promptLength(prompt), most - near - 1))
  const over = length - most
  return (
    <p role="status" className="studio-count" data-over={over > 0}>
      {over > 0
        ? t('studio.prompt.too_long', { length, most, over })
        : length >= most - near
          ? t('studio.prompt.count', { length, most })
          : null}
    </p>
  )
}

/** The words, in parts or as one text, and what helps to find them. */
export function PromptSection() {
  const t = useT()
  const view = useStudio(choices => choices.view)
  const title = t('studio.prompt.title')
  return (
    <Section
      title={view === 'text' ? <label htmlFor={promptFieldId}>{title}</label> : title}
      aside={
        <div className="prompt-tools">
          <CopyAs />
          <Button look="link" onClick={rollPrompt}>
            {t('studio.prompt.dice')}
          </Button>
          <Segmented
            label={t('studio.prompt.view')}
            options={[
              { value: 'parts', label: t('studio.prompt.parts') },
              { value: 'text', label: t('studio.prompt.text') },
            ]}
            value={view}
            onChange={setView}
          />
        </div>
      }
    >
      {view === 'parts' ? <PartsEditor /> : <PromptField />}
      <Counter />
      <ReadBar />
      <MakingProblem topic="prompt" />
    </Section>
  )
}
