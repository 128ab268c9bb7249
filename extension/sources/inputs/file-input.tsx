import { type ComponentProps, useRef } from 'react'
import { takeFiles } from './inputs.ts'

/** A button that opens Chrome's file chooser for pictures. */
export function FileDoor(props: ComponentProps<'button'>) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" {...props} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={event => {
          takeFiles([...(event.currentTarget.files ?? [])], 'file')
          // The same file chosen again is a new wish.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
