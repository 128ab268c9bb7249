import { useT } from '../../platform/i18n/i18n.ts'
import { readingTellingWords } from '../press/destination.ts'
import { Telling } from '../press/disclosure.tsx'
import { acknowledgeAndRead, dismissReadingTelling } from './read-picture.ts'
import { useReadingDesk } from './reading-order.ts'
import { useReading } from './reading-store.ts'

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
