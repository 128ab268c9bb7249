import { useRef, useState } from 'react'
import type { LinkedPicture } from '../../picking/page-link.ts'

const keyOf = ({ frame, id }: LinkedPicture) => `${frame} ${id}`

const byKey = (pictures: readonly LinkedPicture[]) => new Map(pictures.map(picture => [keyOf(picture), picture]))

/** The list while someone is in it: nothing moves or goes away under the pointer, and what is new comes last. */
export const keepOrder = (
  shown: readonly LinkedPicture[],
  fresh: readonly LinkedPicture[],
): readonly LinkedPicture[] => [...new Map([...byKey(shown), ...byKey(fresh)]).values()]

/**
 * Pictures that stay in their places while the pointer or the focus is among them: outlining one may scroll the page,
 * and then the page lists others.
 */
export const useSteady = (fresh: readonly LinkedPicture[]) => {
  const [isPointed, setPointed] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const shown = useRef(fresh)
  shown.current = isPointed || isFocused ? keepOrder(shown.current, fresh) : fresh
  return {
    pictures: shown.current,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  }
}
