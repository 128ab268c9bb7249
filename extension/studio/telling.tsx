import { useEffect, useId, useRef } from 'react'
import type { Model } from '../../bff/contract/models.ts'
import { useLocalText, useT } from '../platform/i18n.ts'
import { Button } from '../shell/button.tsx'
import { tellingWords } from './destination.ts'
import { acknowledgeAndGenerate, dismissTelling } from './submit/submission.ts'

/** Said once before the first picture goes to a maker: where it goes, and which pictures are better kept back. */
export function Telling({ model }: { model: Model }) {
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
        if (event.key === 'Escape') dismissTelling()
      }}
    >
      <h3 id={titleId}>{t('studio.tell.title')}</h3>
      <div id={textId}>
        <p>{tellingWords(t, model)}</p>
        <p>{localText(model.about)}</p>
        <p>{t('studio.tell.advice')}</p>
      </div>
      <div>
        <Button ref={yes} onClick={() => void acknowledgeAndGenerate()}>
          {t('studio.tell.yes')}
        </Button>
        <Button look="link" onClick={dismissTelling}>
          {t('studio.tell.no')}
        </Button>
      </div>
    </div>
  )
}
