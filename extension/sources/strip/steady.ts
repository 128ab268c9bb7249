import { type FocusEvent, type RefObject, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { LinkedPicture } from '../../picking/panel/page-link.ts'
import { useHover } from '../../ui/use-hover.ts'

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
export const useSteady = (list: RefObject<Element | null>, fresh: readonly LinkedPicture[]) => {
  const [isPointed, setPointed] = useState(false)
  const [isFocused, setFocused] = useState(false)
  // At once, because a list may come with the very next message.
  useHover(list, isOver => flushSync(() => setPointed(isOver)))
  const shown = useRef(fresh)
  shown.current = isPointed || isFocused ? keepOrder(shown.current, fresh) : fresh
  return {
    pictures: shown.current,
    handlers: {
      onFocus: () => setFocused(true),
      // On its way from one tile to the next the focus is nowhere for a moment, and a tile that moved then is missed by its click.
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => setFocused(currentTarget.contains(relatedTarget)),
    },
  }
}
