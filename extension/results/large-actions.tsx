import type { Picture } from '../../bff/contract/library.ts'
import { useT } from '../platform/i18n.ts'
import { Button } from '../shell/button.tsx'
import { addAsSource, applySettingsOf } from './actions.ts'
import { useHandOver } from './hand-over.ts'
import { closeLarge } from './large.ts'

/** What goes on in the studio with the picture on show; both close the view. */
export function LargeActions({ picture }: { picture: Picture }) {
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
    </div>
  )
}
