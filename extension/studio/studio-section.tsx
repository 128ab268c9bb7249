import './studio.css'
import { useStore } from 'zustand'
import { ModelChoice } from './models/model-choice.tsx'
import { MakeChoice } from './options/make-choice.tsx'
import { MoreOptions } from './options/more-options.tsx'
import { ShapeChoice } from './options/shape-choice.tsx'
import { optionsStore, useCurrentModel } from './order/current.ts'
import { PromptSection } from './prompt/prompt-section.tsx'

/** The words, the model with its price, and what is to be made of them. */
export function StudioSection() {
  const model = useCurrentModel()
  const options = useStore(optionsStore)
  return (
    <>
      <PromptSection />
      <ModelChoice />
      {model && options ? (
        <div className="studio-options">
          <ShapeChoice model={model} aspect={options.aspect} />
          <MakeChoice model={model} options={options} />
          <MoreOptions model={model} />
        </div>
      ) : null}
    </>
  )
}
