import { type RefObject, useLayoutEffect, useRef } from 'react'

/** Publishes the foot's height as --foot: notices stand above it, and what gets the focus is scrolled clear of it. */
export function useFoot(): RefObject<HTMLElement | null> {
  const foot = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = foot.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty('--foot', `${element.offsetHeight}px`)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return foot
}
