import type { Picture } from '../../bff/contract/library.ts'
import { useModelName } from '../catalogue/use-model-name.ts'
import { downloadPicture, toggleFavourite } from '../jobs/actions.ts'
import { useBytes } from '../jobs/files/use-bytes.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { useNear } from '../ui/use-near.ts'
import { useWords } from '../ui/use-words.ts'
import { openLarge, type Sequence } from './large/large.ts'
import { addAsSource, reuseSettings } from './result-actions.ts'

interface PictureCardProps {
  picture: Picture
  sequence: Sequence
  /** own: the picture's own ratio · square: cut to a square, for looking through many. */
  shape: 'own' | 'square'
  /** Whether the Tab key stops here. */
  isTabStop: boolean
  onRemove: (picture: Picture) => void
}

/** One result in a grid: opens large, and shows what can be done with it on hover and focus. */
export function PictureCard({ picture, sequence, shape, isTabStop, onRemove }: PictureCardProps) {
  const t = useT()
  const words = useWords(picture.prompt)
  const model = useModelName(picture.model)
  const [frame, isNear] = useNear<HTMLDivElement>()
  const { url, hasFailed } = useBytes('thumbnail', picture.id, isNear)
  const tabIndex = isTabStop ? 0 : -1

  return (
    <li className="results-card" data-picture={picture.id}>
      <div
        ref={frame}
        className="results-frame"
        style={{ aspectRatio: shape === 'own' ? `${picture.width} / ${picture.height}` : '1' }}
      >
        <button
          type="button"
          className="results-open"
          aria-label={t('results.open', { prompt: words })}
          aria-keyshortcuts="F D Delete"
          tabIndex={tabIndex}
          onClick={() => openLarge({ id: picture.id, sequence })}
        >
          {url ? (
            <img src={url} alt="" />
          ) : (
            hasFailed && <span className="results-missing">{t('results.not_loaded')}</span>
          )}
        </button>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
        <div className="results-actions" role="group" aria-label={t('results.actions', { prompt: words })}>
          <div className="results-icons">
            <IconButton
              icon="download"
              label={t('results.download')}
              tabIndex={tabIndex}
              onClick={() => void downloadPicture(picture)}
            />
            <IconButton
              icon="trash"
              label={t('results.delete')}
              tabIndex={tabIndex}
              onClick={() => onRemove(picture)}
            />
          </div>
          <Button look="link" tabIndex={tabIndex} onClick={() => void addAsSource(picture)}>
            {t('results.use_as_source')}
          </Button>
          <Button look="link" tabIndex={tabIndex} onClick={() => reuseSettings(picture)}>
            {t('results.use_settings')}
          </Button>
        </div>
      </div>
      <div className="results-foot">
        <b>{model}</b>
        <IconButton
          icon="star"
          label={t('results.favourite')}
          pressed={picture.favourite}
          tabIndex={tabIndex}
          onClick={() => toggleFavourite(picture)}
        />
      </div>
    </li>
  )
}
