import { useId } from 'react'
import type { PartName } from '../../../bff/contract/values.ts'
import { type Language, useT } from '../../platform/i18n/i18n.ts'
import { IconButton } from '../../ui/button.tsx'
import { lockPart, setPart } from '../store.ts'
import { promptFieldId } from './focus-prompt.ts'
import { isInOneLanguage, type Part } from './parts/parts.ts'
import { typed } from './typed.ts'

/** One part with its lock. `data-part` tells a reading where someone is writing. */
export function PartRow({ name, part, language }: { name: PartName; part: Part; language: Language }) {
  const t = useT()
  const ownId = useId()
  const id = name === 'subject' ? promptFieldId : ownId
  const title = t(`studio.part.${name}`)
  return (
    <div className="prompt-part" data-locked={part.locked}>
      <label htmlFor={id}>{title}</label>
      <textarea
        id={id}
        data-part={name}
        rows={1}
        lang={isInOneLanguage(part) ? undefined : language}
        value={part[language]}
        onChange={event => setPart(name, typed(event.currentTarget.value))}
      />
      <IconButton
        icon={part.locked ? 'lock' : 'unlock'}
        label={t(part.locked ? 'studio.part.unlock' : 'studio.part.lock', { part: title })}
        pressed={part.locked}
        onClick={() => lockPart(name, !part.locked)}
      />
    </div>
  )
}
