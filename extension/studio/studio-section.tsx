import './studio.css'
import { ModelChoice } from './models/model-choice.tsx'
import { MakeChoice } from './options/make-choice.tsx'
import { MoreOptions } from './options/more-options.tsx'
import { ShapeChoice } from './options/shape-choice.tsx'
import { PromptSection } from './prompt/prompt-section.tsx'
import { useCurrentModel } from './store.ts'

/** The words, the model with its price, and what is to be made of them. */
export function StudioSection() {
  const model = useCurrentModel()
  return (
    <>
      <PromptSection />
      <ModelChoice />
      {model ? (
        <div className="studio-options">
          <ShapeChoice model={model} />
          <MakeChoice model={model} />
          <MoreOptions model={model} />
        </div>
      ) : null}
    </>
  )
}
