import { useEffect, useId, useRef } from 'react'
import { useStore } from 'zustand'
import type { Model } from '../../../bff/contract/models.ts'
import { countryName, useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import type { Press } from './create-press.ts'

/** Said once before the first picture goes to a maker: where it goes, and which pictures are better kept back. */
export function Disclosure({ press }: { press: Press }) {
  const isOpen = useStore(press.store, ({ phase }) => phase === 'disclosing')
  const model = useStore(press.order, order => order?.model)
  return isOpen && model ? <Dialog press={press} model={model} /> : null
}

function Dialog({ press: { disclosure, agree, decline }, model }: { press: Press; model: Model }) {
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
  const { maker, country, name, about } = model
  return (
    <div
      role="alertdialog"
      aria-labelledby={titleId}
      aria-describedby={textId}
      className="studio-disclosure"
      onKeyDown={event => {
        if (event.key === 'Escape') decline()
      }}
    >
      <h3 id={titleId}>{t(disclosure.title)}</h3>
      <div id={textId}>
        <p>
          {country === null
            ? t(disclosure.stays, { model: localText(name) })
            : t(disclosure.goes, { maker: localText(maker), country: countryName(country) })}
        </p>
        <p>{localText(about)}</p>
        <p>{t('studio.disclosure.advice')}</p>
      </div>
      <div>
        <Button ref={yes} onClick={() => void agree()}>
          {t(disclosure.yes)}
        </Button>
        <Button look="link" onClick={decline}>
          {t('studio.disclosure.no')}
        </Button>
      </div>
    </div>
  )
}
