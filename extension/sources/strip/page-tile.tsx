import { type RefObject, useEffect, useRef, useState } from 'react'
import { largestOf } from '../../picking/panel/merge.ts'
import type { LinkedPicture } from '../../picking/panel/page-link.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { useHover } from '../../ui/use-hover.ts'
import type { Slot } from '../slots/slot.ts'
import { usePreview } from './previews.ts'
import { formatWord, sizeText, sizeWords } from './tile-words.ts'

interface PageTileProps {
  picture: LinkedPicture
  /** The slot that has it. */
  slot: Slot | undefined
  /** Small copy of a picture that was taken. */
  thumbnail: string | undefined
  /** Whether the picture may be loaded to be shown. */
  wanted: boolean
  /** Its place among all pictures, of which not all are rendered. */
  index: number
  count: number
  tabIndex: number
  onToggle: () => void
  onFocus: () => void
  onOutline: (outlined: boolean) => void
}

/** A picture of the page: in words until the person lets it be loaded. */
export function PageTile({ picture, slot, thumbnail, wanted, index, count, tabIndex, ...on }: PageTileProps) {
  const t = useT()
  const [ref, seen] = useSeen<HTMLLIElement>()
  useHover(ref, on.onOutline)
  const preview = usePreview(picture.src, wanted && seen && !thumbnail)
  const shown = thumbnail ?? preview
  // Until it is read, its size is what the page says.
  const size = slot?.state.kind === 'ready' ? sizeWords(slot.state) : sizeText(t, picture)
  const { src, width, height } = largestOf(picture)
  const format = formatWord(src)
  const name = [picture.alt || t('sources.strip.unnamed'), size, format].filter(Boolean).join(', ')
  return (
    <li ref={ref} aria-posinset={index + 1} aria-setsize={count}>
      <button
        type="button"
        className="sources-tile"
        aria-label={name}
        aria-pressed={slot !== undefined}
        title={name}
        tabIndex={tabIndex}
        onClick={on.onToggle}
        onFocus={() => {
          on.onFocus()
          on.onOutline(true)
        }}
        onBlur={() => on.onOutline(false)}
      >
        {shown ? (
          <img src={shown} alt="" draggable={false} />
        ) : (
          // With spaces between, as in the name: who speaks to the browser says what is read here.
          <>
            <span data-up-to={picture.larger ? '' : undefined}>{width || '?'}</span>{' '}
            {height ? <span>× {height}</span> : null} <span>{format}</span>
          </>
        )}
      </button>
    </li>
  )
}

/** Whether an element has come into view, so that nothing is loaded for what nobody looks at. */
const useSeen = <T extends Element>(): [RefObject<T | null>, boolean] => {
  const ref = useRef<T>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!ref.current || seen) return
    const observer = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) setSeen(true)
    })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [seen])
  return [ref, seen]
}
