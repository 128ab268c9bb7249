import { type KeyboardEvent, useRef, useState } from 'react'
import type { LinkedPicture } from '../picking/page-link.ts'
import { useT } from '../platform/i18n.ts'
import { page, removeSource, slotOf, takeListed } from './intake.ts'
import { usePreviewsShown } from './page/previews.ts'
import { useSteady } from './page/steady.ts'
import { PageTile } from './page-tile.tsx'
import { useSources } from './store.ts'

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

/** One tab stop for all tiles: arrows walk, Enter takes or gives back, and the page outlines where one stands. */
export function PageTiles({ pictures: listed, tabId }: PageTilesProps) {
  const t = useT()
  const { slots, thumbnails } = useSources()
  const previews = usePreviewsShown()
  const list = useRef<HTMLUListElement>(null)
  const [stop, setStop] = useState(0)
  const { pictures, handlers } = useSteady(listed)
  const last = pictures.length - 1

  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    list.current?.querySelectorAll('button')[move(Math.min(stop, last), last)]?.focus()
  }

  return (
    <ul ref={list} className="sources-strip" aria-label={t('sources.strip.list')} onKeyDown={onKeyDown} {...handlers}>
      {pictures.map((picture, index) => {
        const slot = slotOf(slots, { kind: 'page', tabId, frame: picture.frame, pictureId: picture.id })
        return (
          <PageTile
            key={`${picture.frame} ${picture.id}`}
            picture={picture}
            taken={slot !== undefined}
            thumbnail={slot && thumbnails[slot.id]}
            wanted={previews}
            tabIndex={index === Math.min(stop, last) ? 0 : -1}
            onToggle={() => {
              if (slot) removeSource(slot.id)
              else takeListed({ ...picture, tabId })
            }}
            onOutline={outlined => {
              if (outlined) setStop(index)
              page.show(outlined ? { frame: picture.frame, id: picture.id } : null)
            }}
          />
        )
      })}
    </ul>
  )
}
