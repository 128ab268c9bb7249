import type { ComponentProps } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface ButtonProps extends ComponentProps<'button'> {
  /** act: the one that costs something · line: a plain one · link: looks like a link, in headings and notices. */
  look?: 'act' | 'line' | 'link'
}

export function Button({ look = 'line', className, ...rest }: ButtonProps) {
  return <button type="button" className={`button button-${look}${className ? ` ${className}` : ''}`} {...rest} />
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName
  /** Its name for everyone who does not see the icon; also its tooltip. */
  label: string
  pressed?: boolean
}

export function IconButton({ icon, label, pressed, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={className ? `icon-button ${className}` : 'icon-button'}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      {...rest}
    >
      <Icon name={icon} filled={pressed === true} />
    </button>
  )
}
