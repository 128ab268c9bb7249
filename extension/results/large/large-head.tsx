import type { Picture } from '../../../bff/contract/library.ts'
import { downloadPicture, toggleFavourite } from '../../jobs/actions.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { IconButton } from '../../ui/button.tsx'

interface LargeHeadProps {
  picture: Picture
  /** Where the picture stands, e.g. "3 of 12". */
  position: string
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
  onRemove: () => void
  onClose: () => void
}

/** The row above the picture on show. */
export function LargeHead({ picture, position, onPrevious, onNext, onRemove, onClose }: LargeHeadProps) {
  const t = useT()
  return (
    <header className="results-large-head">
      <IconButton icon="back" label={t('results.previous')} disabled={!onPrevious} onClick={onPrevious} />
      <IconButton icon="forward" label={t('results.next')} disabled={!onNext} onClick={onNext} />
      <span>{position}</span>
      <IconButton
        icon="star"
        label={t('results.favourite')}
        pressed={picture.favourite}
        aria-keyshortcuts="F"
        onClick={() => toggleFavourite(picture)}
      />
      <IconButton
        icon="download"
        label={t('results.download')}
        aria-keyshortcuts="D"
        onClick={() => void downloadPicture(picture)}
      />
      <IconButton icon="trash" label={t('results.delete')} aria-keyshortcuts="Delete" onClick={onRemove} />
      <IconButton icon="close" label={t('results.close')} aria-keyshortcuts="Escape" onClick={onClose} />
    </header>
  )
}
