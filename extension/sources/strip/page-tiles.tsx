import { Fragment, type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { LinkedPicture } from '../../picking/panel/page-link.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { page, removeSource, slotOf, takeListed } from '../intake.ts'
import { useSources } from '../store.ts'
import { PageTile } from './page-tile.tsx'
import { usePreviewsShown } from './previews.ts'
import { useSteady } from './steady.ts'
import type { View } from './tile-window.ts'
import { tilesToRender } from './tile-window.ts'

interface PageTilesProps {
  pictures: readonly LinkedPicture[]
  tabId: number
}

const moves: Record<string, (at: number, last: number) => number> = {
  ArrowRight: (at, last) => Math.min(last, at + 1),
  ArrowLeft: at => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** Stands for tiles that are not rendered, so that the strip scrolls as if they were. */
function Skipped({ tiles, pitch }: { tiles: number; pitch: number }) {
  if (tiles <= 0) return null
  return <li aria-hidden="true" className="sources-skipped" style={{ width: tiles * pitch }} />
}

/** One tab stop for all tiles: arrows walk, Enter takes or gives back, and the page outlines where one stands. */
export function PageTiles({ pictures: listed, tabId }: PageTilesProps) {
  const t = useT()
  const slots = useSources(sources => sources.slots)
  const thumbnails = useSources(sources => sources.thumbnails)
  const previews = usePreviewsShown()
  const list = useRef<HTMLUListElement>(null)
  const [lastStop, setStop] = useState(0)
  const { pictures, handlers } = useSteady(list, listed)
  const { view, onScroll } = useTileView(list)
  const last = pictures.length - 1
  const stop = Math.min(lastStop, last)
  const rendered = tilesToRender(pictures.length, stop, view)

  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    const next = move(stop, last)
    // Only a rendered tile can take the focus.
    flushSync(() => setStop(next))
    list.current?.querySelector<HTMLElement>(`[aria-posinset="${next + 1}"] button`)?.focus()
  }

  const tile = (picture: LinkedPicture, index: number) => {
    const slot = slotOf(slots, tabId, picture)
    return (
      <PageTile
        picture={picture}
        slot={slot}
        thumbnail={slot && thumbnails[slot.id]}
        wanted={previews}
        index={index}
        count={pictures.length}
        tabIndex={index === stop ? 0 : -1}
        onToggle={() => {
          if (slot) removeSource(slot.id)
          else takeListed(picture, tabId)
        }}
        onFocus={() => setStop(index)}
        onOutline={outlined => page.show(outlined ? { frame: picture.frame, id: picture.id } : null)}
      />
    )
  }

  return (
    <ul
      ref={list}
      className="sources-strip"
      aria-label={t('sources.strip.list')}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      {...handlers}
    >
      {rendered.map((index, at) => {
        const picture = pictures[index]
        return picture ? (
          <Fragment key={`${picture.frame} ${picture.id}`}>
            <Skipped tiles={index - (rendered[at - 1] ?? -1) - 1} pitch={view.pitch} />
            {tile(picture, index)}
          </Fragment>
        ) : null
      })}
      <Skipped tiles={last - (rendered.at(-1) ?? last)} pitch={view.pitch} />
    </ul>
  )
}

/** Scrolling renders again only after this many tiles. */
const step = 10

const measure = (list: HTMLElement, known: View): View => {
  const tile = list.querySelector<HTMLElement>('[aria-posinset]')
  const pitch = (tile?.offsetWidth ?? 0) + Number.parseFloat(getComputedStyle(list).columnGap)
  // Nothing can be measured while the page with the strip is not shown.
  if (!tile?.offsetWidth || !(pitch > 0)) return known
  const scrolled = Math.floor(list.scrollLeft / (pitch * step)) * pitch * step
  // Up to the next step, what is seen moves on.
  const width = list.clientWidth + pitch * step
  const isKnown = scrolled === known.scrolled && width === known.width && pitch === known.pitch
  return isKnown ? known : { scrolled, width, pitch }
}

/** What is seen of a row of tiles, as it is scrolled and resized. */
const useTileView = (list: RefObject<HTMLElement | null>) => {
  const [view, setView] = useState<View>({ scrolled: 0, width: 0, pitch: 1 })
  const update = useCallback(() => setView(known => (list.current ? measure(list.current, known) : known)), [list])
  useLayoutEffect(() => {
    if (!list.current) return
    const observer = new ResizeObserver(update)
    observer.observe(list.current)
    update()
    return () => observer.disconnect()
  }, [list, update])
  return { view, onScroll: update }
}
