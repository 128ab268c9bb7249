import { useEffect, useId, useRef } from 'react'
import type { Model } from '../../../bff/contract/models.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'

interface TellingProps {
  model: Model
  title: string
  /** Where it goes. */
  words: string
  /** Names the act on the button. */
  yes: string
  onYes: () => unknown
  onNo: () => void
}

/** Said once before the first picture goes to a maker: where it goes, and which pictures are better kept back. */
export function Telling({ model, title, words, yes: yesText, onYes, onNo }: TellingProps) {
  const t = useT()
  const localText = useLocalText()
  const titleId = useId()
  const textId = useId()
  const yes = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const before = document.activeElement
    yes.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <div
      role="alertdialog"
      aria-labelledby={titleId}
      aria-describedby={textId}
      className="studio-telling"
      onKeyDown={event => {
        if (event.key === 'Escape') onNo()
      }}
    >
      <h3 id={titleId}>{title}</h3>
      <div id={textId}>
        <p>{words}</p>
        <p>{localText(model.about)}</p>
        <p>{t('studio.tell.advice')}</p>
      </div>
      <div>
        <Button ref={yes} onClick={onYes}>
          {yesText}
        </Button>
        <Button look="link" onClick={onNo}>
          {t('studio.tell.no')}
        </Button>
      </div>
    </div>
  )
}
