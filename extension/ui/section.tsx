import type { ReactNode } from 'react'
import { useId } from 'react'

interface SectionProps {
  title: ReactNode
  /** At the right of the title: a link-like button or a segmented control. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

/** A titled part of a page. */
export function Section({ title, aside, className, children }: SectionProps) {
  const id = useId()
  return (
    <section className={className ? `section ${className}` : 'section'} aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
