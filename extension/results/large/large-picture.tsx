import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import type { Picture } from '../../../bff/contract/library.ts'
import { deletePicture, downloadPicture, toggleFavourite } from '../../jobs/actions.ts'
import { history, useResults } from '../../jobs/jobs.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { useWords } from '../../ui/use-words.ts'
import { pictureKey } from '../picture-keys.ts'
import { closeLarge, type Large, openLarge } from './large.ts'
import { LargeActions } from './large-actions.tsx'
import { LargeHead } from './large-head.tsx'
import { LargeImage } from './large-image.tsx'
import { PictureFacts } from './picture-facts.tsx'

interface LargePictureProps {
  picture: Picture
  large: Large
  sequence: readonly Picture[]
}

const cardButton = (id: string): HTMLElement | null => document.querySelector(`[data-picture="${id}"] button`)

/** Keeps the focus inside while it is shown, and gives it back to the picture that was last on show. */
function useFocus(id: string): RefObject<HTMLDivElement | null> {
  const dialog = useRef<HTMLDivElement>(null)
  const shown = useRef(id)
  useEffect(() => {
    const opener = document.activeElement
    return () => {
      const target = cardButton(shown.current) ?? opener
      if (target instanceof HTMLElement) target.focus()
    }
  }, [])
  useEffect(() => {
    shown.current = id
    // At the first and the last picture the button just pressed is switched off, and would swallow the keys.
    const { activeElement } = document
    if (!dialog.current?.contains(activeElement) || activeElement?.matches(':disabled')) dialog.current?.focus()
  }, [id])
  return dialog
}

/** The view itself: arrows or J and K step, F, D and Del act, Esc closes. */
export function LargePicture({ picture, large, sequence }: LargePictureProps) {
  const t = useT()
  const words = useWords(picture.prompt)
  const dialog = useFocus(picture.id)
  const index = sequence.findIndex(entry => entry.id === picture.id)
  const previous = sequence[index - 1]
  const next = sequence[index + 1]
  const { sequence: name } = large
  const hasMore = useResults(({ lists }) => name !== 'today' && Boolean(lists[name].next))

  useEffect(() => {
    if (!next && name !== 'today') void history.more(name)
  }, [next, name])

  const show = (target: Picture | undefined): void => {
    if (target) openLarge({ id: target.id, sequence: name })
  }
  const remove = (): void => {
    deletePicture(picture)
    const target = next ?? previous
    if (target) show(target)
    else closeLarge()
  }

  const keys: Record<string, () => void> = {
    escape: closeLarge,
    arrowright: () => show(next),
    arrowleft: () => show(previous),
    j: () => show(next),
    k: () => show(previous),
    f: () => toggleFavourite(picture),
    d: () => void downloadPicture(picture),
    delete: remove,
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = pictureKey(event)
    if (!key) return
    // The keys of the page underneath rest while it is covered.
    if (key !== '?') event.stopPropagation()
    const act = keys[key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    <div
      ref={dialog}
      className="results-large"
      role="dialog"
      aria-modal="true"
      aria-label={words}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <LargeHead
        picture={picture}
        position={t('results.position', { index: index + 1, count: `${sequence.length}${hasMore ? '+' : ''}` })}
        onPrevious={previous && (() => show(previous))}
        onNext={next && (() => show(next))}
        onRemove={remove}
        onClose={closeLarge}
      />
      <LargeImage key={picture.id} picture={picture} />
      <LargeActions picture={picture} />
      <PictureFacts picture={picture} />
    </div>
  )
}
