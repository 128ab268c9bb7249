import { type RefObject, useEffect, useEffectEvent } from 'react'

/**
 * Tells when the pointer comes over an element and when it leaves. React's onPointerEnter and onPointerLeave do not always:
 * they are made from pairs of pointerout and pointerover, and Chrome sends no pointerout for what was removed under the
 * pointer.
 */
export function useHover(ref: RefObject<Element | null>, onHover: (isOver: boolean) => void) {
  const tell = useEffectEvent(onHover)
  useEffect(() => {
    const stop = new AbortController()
    const { signal } = stop
    ref.current?.addEventListener('pointerenter', () => tell(true), { signal })
    ref.current?.addEventListener('pointerleave', () => tell(false), { signal })
    return () => stop.abort()
  }, [ref])
}
