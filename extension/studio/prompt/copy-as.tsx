import { useId } from 'react'
import { currentLanguage, t as text, useT } from '../../platform/i18n/i18n.ts'
import { showNotice } from '../../ui/notices.ts'
import { optionsStore } from '../order/current.ts'
import { studioStore } from '../store.ts'
import { type FormatName, formatNames, formats } from './formats/formats.ts'
import { languageOf, wordsInParts } from './words.ts'

const written = () => {
  const choices = studioStore.getState()
  const aspect = optionsStore.getState()?.aspect ?? choices.aspect ?? 'source'
  return {
    ...wordsInParts(choices, currentLanguage()),
    language: languageOf(choices, currentLanguage()),
    aspect: aspect === 'source' ? null : aspect,
    seed: choices.seed,
  }
}

const copy = async (name: FormatName) => {
  try {
    await navigator.clipboard.writeText(formats[name](written()))
    showNotice({ text: text('studio.copy.done', { format: text(`studio.copy.${name}`) }) })
  } catch {
    showNotice({ text: text('studio.copy.failed'), tone: 'warn' })
  }
}

/** The words in the form that another tool wants, into the clipboard. */
export function CopyAs() {
  const t = useT()
  const id = useId()
  return (
    <>
      <button type="button" className="button button-link" popoverTarget={id}>
        {t('studio.copy')}
      </button>
      <div id={id} popover="auto" role="dialog" aria-label={t('studio.copy')} className="prompt-copy">
        {formatNames.map(name => (
          <button
            key={name}
            type="button"
            onClick={() => {
              document.getElementById(id)?.hidePopover()
              void copy(name)
            }}
          >
            {t(`studio.copy.${name}`)}
          </button>
        ))}
      </div>
    </>
  )
}
