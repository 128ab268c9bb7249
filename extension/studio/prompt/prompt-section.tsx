import './prompt.css'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { Section } from '../../ui/section.tsx'
import { MakingProblem } from '../press/making-problem.tsx'
import { ReadBar } from '../reading/read-bar.tsx'
import { setView, useStudio } from '../store.ts'
import { CopyAs } from './copy-as.tsx'
import { Counter } from './counter.tsx'
import { rollPrompt } from './dice.ts'
import { PartsEditor } from './parts-editor.tsx'
import { PromptField } from './prompt-field.tsx'
import { promptFieldId } from './prompt-field-id.ts'

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
