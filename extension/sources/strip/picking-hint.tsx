import { useT } from '../../platform/i18n/i18n.ts'
import { isSameRef, usePage } from './page-store.ts'
import { sizeText } from './tile-words.ts'

/** While picking: what to do, and for a screen reader which picture the outline stands on. */
export function PickingHint() {
  const t = useT()
  const picking = usePage(page => page.picking)
  const outlined = usePage(({ at, pictures }) => at && pictures.find(picture => isSameRef(picture, at)))
  return (
    <div className="sources-picking">
      {picking ? <p>{t('sources.pick_hint')}</p> : null}
      <p role="status" className="only-heard">
        {picking && outlined
          ? t('sources.pick_at', {
              name: outlined.alt || t('sources.strip.unnamed'),
              size: sizeText(t, outlined),
            })
          : null}
      </p>
    </div>
  )
}
