import type { Picture } from '../../../bff/contract/library.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { addAsSource, reuseSettings } from '../result-actions.ts'
import { closeLarge } from './large.ts'

/** What goes on in the studio with the picture on show; both close the view. */
export function LargeActions({ picture }: { picture: Picture }) {
  const t = useT()
  const addSource = (): void => {
    void addAsSource(picture)
    closeLarge()
  }
  const applySettings = (): void => {
    reuseSettings(picture)
    closeLarge()
  }

  return (
    <div className="results-large-actions">
      <Button onClick={addSource}>{t('results.use_as_source')}</Button>
      <Button onClick={applySettings}>{t('results.use_settings')}</Button>
    </div>
  )
}
