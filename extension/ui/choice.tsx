/** One out of several: as a segmented control or as chips. Arrow keys move, as in every radio group. */
import type { KeyboardEvent, ReactNode } from 'react'

export interface Option<T extends string> {
  value: T
  label: ReactNode
  /** Name and tooltip where the label is a drawing. */
  name?: string
  disabled?: boolean
}

interface ChoiceProps<T extends string> {
  /** Names the group. */
  label: string
  options: readonly Option<T>[]
  value: T | null
  onChange: (value: T) => void
  className?: string
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export function Choice<T extends string>({ label, options, value, onChange, className }: ChoiceProps<T>) {
  const enabled = options.filter(option => !option.disabled)
  // One tab stop: the chosen one, or the first while nothing is chosen.
  const stop = enabled.some(option => option.value === value) ? value : enabled[0]?.value

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key]
    if (!step || event.nativeEvent.isComposing) return
    event.preventDefault()
    const at = enabled.findIndex(option => option.value === stop)
    const next = enabled[(at + step + enabled.length) % enabled.length]
    if (!next) return
    onChange(next.value)
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)?.focus()
  }

  return (
    <div role="radiogroup" aria-label={label} className={className} onKeyDown={onKeyDown}>
      {options.map(option => (
        // biome-ignore lint/a11y/useSemanticElements: a radio input cannot hold the drawing and the roving focus of these
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.name}
          title={option.name}
          disabled={option.disabled}
          tabIndex={option.value === stop ? 0 : -1}
          data-value={option.value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}

/** Two to four short words in one frame. */
export function Segmented<T extends string>(props: ChoiceProps<T>) {
  return <Choice {...props} className={props.className ? `segmented ${props.className}` : 'segmented'} />
}

/** Longer words that may wrap; an <em> inside a label is its price. */
export function Chips<T extends string>(props: ChoiceProps<T>) {
  return <Choice {...props} className={props.className ? `chips ${props.className}` : 'chips'} />
}
