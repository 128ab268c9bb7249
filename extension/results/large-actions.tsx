import type { Picture } from '../../bff/contract/library.ts'
import { useT } from '../platform/i18n.ts'
import { Button, IconButton } from '../shell/button.tsx'
import { addAsSource, applySettingsOf, downloadPicture, toggleFavourite } from './actions.ts'
import { useHandOver } from './hand-over.ts'
import { closeLarge } from './large.ts'

/** What can be done with the picture on show. What continues in the studio closes the view. */
export function LargeActions({ picture, onRemove }: { picture: Picture; onRemove: () => void }) {
  const t = useT()
  const handOver = useHandOver()
  const addSource = (): void => {
    void addAsSource(picture, handOver)
    closeLarge()
  }
  const applySettings = (): void => {
    applySettingsOf(picture, handOver)
    closeLarge()
  }

  return (
    <div className="results-large-actions">
      <Button onClick={addSource}>{t('results.use_as_source')}</Button>
      <Button onClick={applySettings}>{t('results.use_settings')}</Button>
      <span className="results-large-icons">
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
      </span>
    </div>
  )
}
