import type { LinkedPicture } from '../picking/page-link.ts'
import { useT } from '../platform/i18n.ts'
import { usePreview } from './page/previews.ts'
import { formatWord, sizeWords } from './page/tile-words.ts'
import { useSeen } from './use-seen.ts'

interface PageTileProps {
  picture: LinkedPicture
  taken: boolean
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
export function PageTile({ picture, taken, thumbnail, wanted, index, count, tabIndex, ...on }: PageTileProps) {
  const t = useT()
  const [ref, seen] = useSeen<HTMLLIElement>()
  const preview = usePreview(picture.src, wanted && seen && !thumbnail)
  const shown = thumbnail ?? preview
  const size = sizeWords(picture)
  const format = formatWord(picture.src)
  const name = [picture.alt || t('sources.strip.unnamed'), size || t('sources.strip.size_unknown'), format]
    .filter(Boolean)
    .join(', ')
  return (
    <li ref={ref} aria-posinset={index + 1} aria-setsize={count}>
      <button
        type="button"
        className="sources-tile"
        aria-label={name}
        aria-pressed={taken}
        title={name}
        tabIndex={tabIndex}
        onClick={on.onToggle}
        onFocus={() => {
          on.onFocus()
          on.onOutline(true)
        }}
        onBlur={() => on.onOutline(false)}
        onPointerEnter={() => on.onOutline(true)}
        onPointerLeave={() => on.onOutline(false)}
      >
        {shown ? (
          <img src={shown} alt="" draggable={false} />
        ) : (
          <>
            <span>{picture.width || '?'}</span>
            <span>× {picture.height || '?'}</span>
            <span>{format}</span>
          </>
        )}
      </button>
    </li>
  )
}
