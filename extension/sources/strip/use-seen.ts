import { type RefObject, useEffect, useRef, useState } from 'react'

/** Whether an element has come into view, so that nothing is loaded for what nobody looks at. */
export const useSeen = <T extends Element>(): [RefObject<T | null>, boolean] => {
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
