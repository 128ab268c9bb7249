import { useLanguage, useT } from '../../platform/i18n/i18n.ts'
import { longestPrompt, promptLength } from '../order/readiness.ts'
import { useCurrentModel, useStudio } from '../store.ts'
import { wordsOf } from './words.ts'

/** The counter appears when the end is this near. */
const near = 400

/** How long the words are, as they would be sent, once that matters. */
export function Counter() {
  const t = useT()
  const choices = useStudio(state => state)
  const most = longestPrompt(useCurrentModel())
  const length = promptLength(wordsOf(choices, useLanguage()).prompt)
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
