import { useT } from '../platform/i18n.ts'
import { readingTellingWords } from '../studio/destination.ts'
import { Telling } from '../studio/telling.tsx'
import { useReadingDesk } from './desk.ts'
import { acknowledgeAndRead, dismissReadingTelling } from './read-picture.ts'
import { useReading } from './store.ts'

/** Said once before the first picture goes to the maker of a reading model. */
export function ReadingTelling() {
  const t = useT()
  const desk = useReadingDesk()
  const isTelling = useReading(({ stage }) => stage === 'telling')
  if (!isTelling || !desk) return null
  return (
    <Telling
      model={desk.reader}
      title={t('reading.tell.title')}
      words={readingTellingWords(t, desk.reader)}
      yes={t('reading.tell.yes')}
      onYes={acknowledgeAndRead}
      onNo={dismissReadingTelling}
    />
  )
}
