import { useStore } from 'zustand'
import { useT } from '../../platform/i18n/i18n.ts'
import { useCurrentModel, wordsStore } from '../order/current.ts'
import { longestPrompt, promptLength } from '../order/readiness.ts'

/** The counter appears when the end is this near. */
const near = 400

/** How long the words are, as they would be sent, once that matters. */
export function Counter() {
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
