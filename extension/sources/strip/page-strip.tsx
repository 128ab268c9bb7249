import { useMemo } from 'react'
import { pagePictureLimits } from '../../picking/protocol.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/section.tsx'
import { foldSizes } from './fold.ts'
import { type Page, usePage } from './page-store.ts'
import { PageTiles } from './page-tiles.tsx'
import { setPreviewsShown, usePreviewsShown } from './previews.ts'
import { isLargeEnough, setSmallestSide, smallestSides, useSmallestSide } from './smallest-side.ts'

function PreviewsToggle() {
  const t = useT()
  const shown = usePreviewsShown()
  return (
    <Button look="link" title={t('sources.strip.previews_hint')} onClick={() => void setPreviewsShown(!shown)}>
      {t(shown ? 'sources.strip.previews_hide' : 'sources.strip.previews_show')}
    </Button>
  )
}

/** Why there is nothing to pick, each reason with its own sentence. */
function PageSentence({ state, notes, tabId }: Pick<Page, 'state' | 'notes' | 'tabId'>) {
  const t = useT()
  const none = notes.has('pdf') ? 'sources.strip.pdf' : 'sources.strip.none'
  return (
    <p className="sources-sentence">
      {t(state === 'connected' ? none : `sources.strip.${state}`)}
      {state === 'reload' && tabId !== null ? (
        <Button look="link" onClick={() => void chrome.tabs.reload(tabId)}>
          {t('sources.strip.reload_now')}
        </Button>
      ) : null}
    </p>
  )
}

/** The visible pictures of the page in front of this window. */
export function PageStrip() {
  const t = useT()
  const state = usePage(page => page.state)
  const tabId = usePage(page => page.tabId)
  const listed = usePage(page => page.pictures)
  const notes = usePage(page => page.notes)
  const side = useSmallestSide()
  const folded = useMemo(() => foldSizes(listed), [listed])
  const pictures = useMemo(() => folded.filter(picture => isLargeEnough(picture, side)), [folded, side])
  const count = pictures.length
  return (
    <Section
      title={count ? t('sources.strip.title', { count }) : t('sources.strip.title_empty')}
      aside={
        folded.length ? (
          <div className="sources-strip-choices">
            <StripSize />
            <PreviewsToggle />
          </div>
        ) : null
      }
    >
      {count && tabId !== null ? (
        <>
          <PageTiles key={tabId} pictures={pictures} tabId={tabId} />
          {notes.has('cut') ? (
            <p className="sources-sentence">
              {t('sources.strip.cut_off', { limit: Math.max(pagePictureLimits.count, listed.length) })}
            </p>
          ) : null}
        </>
      ) : (
        <div role="status">
          {folded.length ? (
            <p className="sources-sentence">{t('sources.strip.all_smaller')}</p>
          ) : (
            <PageSentence state={state} notes={notes} tabId={tabId} />
          )}
        </div>
      )}
    </Section>
  )
}

/** From which size on the strip lists pictures. */
function StripSize() {
  const t = useT()
  const chosen = useSmallestSide()
  return (
    <select
      className="sources-size"
      aria-label={t('sources.strip.size')}
      title={t('sources.strip.size')}
      value={chosen}
      onChange={event => {
        const side = smallestSides.find(offered => String(offered) === event.currentTarget.value)
        if (side !== undefined) void setSmallestSide(side)
      }}
    >
      {smallestSides.map(side => (
        <option key={side} value={side}>
          {side === 0 ? t('sources.strip.size_any') : t('sources.strip.size_least', { side })}
        </option>
      ))}
    </select>
  )
}
