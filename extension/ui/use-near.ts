import { type RefObject, useEffect, useRef, useState } from 'react'

/** Whether an element is in view or soon will be; stays true once it was, unless `once` is false. */
export function useNear<T extends Element>({ once = true } = {}): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (!ref.current || (once && isNear)) return
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '600px 0px',
    })
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [once, isNear])
  return [ref, isNear]
}
