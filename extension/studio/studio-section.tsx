import './studio.css'
import { ModelChoice } from './model-choice.tsx'
import { PromptField } from './prompt-field.tsx'
import { SeedChoice } from './seed-choice.tsx'
import { ShapeChoice } from './shape-choice.tsx'
import { useCurrentModel } from './store.ts'

/** The words, the model with its price, the shape and the size. */
export function StudioSection() {
  const model = useCurrentModel()
  return (
    <>
      <PromptField />
      <ModelChoice />
      {model ? <ShapeChoice model={model} /> : null}
      {model?.options.seed ? <SeedChoice /> : null}
    </>
  )
}
