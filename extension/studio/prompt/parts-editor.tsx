import { useState } from 'react'
import { languageCodes, languages, type PartName, partNames } from '../../../bff/contract/values.ts'
import { useLocalText, useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { useCurrentModel } from '../order/current.ts'
import { setPartsLanguage, useShownLanguage, useStudio } from '../store.ts'
import { PartRow } from './part-row.tsx'
import { isInOneLanguage } from './parts/parts.ts'

/** What most prompts have; the others come when they have words, or on request. */
const usual: readonly PartName[] = ['subject', 'style', 'composition', 'light']

/** Words of a reading are there in every language; nothing is asked for again. */
function LanguageOfParts() {
  const t = useT()
  const language = useShownLanguage()
  const parts = useStudio(choices => choices.parts)
  if (partNames.every(name => isInOneLanguage(parts[name]))) return null
  return (
    <Segmented
      label={t('studio.part.language')}
      options={languageCodes.map(value => ({ value, label: <span lang={value}>{languages[value]}</span> }))}
      value={language}
      onChange={setPartsLanguage}
    />
  )
}

/** The prompt in parts: each can be written, and locked against the dice and a reading. */
export function PartsEditor() {
  const t = useT()
  const localText = useLocalText()
  const parts = useStudio(choices => choices.parts)
  const model = useCurrentModel()
  const language = useShownLanguage()
  const [showsAll, setShowsAll] = useState(false)
  const shown = partNames.filter(
    name => showsAll || usual.includes(name) || parts[name].locked || parts[name][language] !== '',
  )
  const isUnused = parts.negative[language].trim() !== '' && model && !model.options.negative
  return (
    <>
      <div className="prompt-parts">
        {shown.map(name => (
          <PartRow key={name} name={name} part={parts[name]} language={language} />
        ))}
      </div>
      {isUnused ? (
        <p className="studio-about">{t('studio.negative.unused', { model: localText(model.name) })}</p>
      ) : null}
      <div className="prompt-foot">
        {shown.length < partNames.length || showsAll ? (
          <Button look="link" aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {t(showsAll ? 'studio.part.fewer' : 'studio.part.all')}
          </Button>
        ) : null}
        <LanguageOfParts />
      </div>
    </>
  )
}
