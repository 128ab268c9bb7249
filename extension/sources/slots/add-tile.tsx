import { type ComponentProps, useRef } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { takeFiles } from '../inputs/inputs.ts'

/** The open slot behind the last one: names the three inputs and is itself the third. */
export function AddTile({ empty }: { empty: boolean }) {
  const t = useT()
  if (empty)
    return (
      <li className="sources-add sources-add-wide">
        <FileDoor>
          <span>{t('sources.empty')}</span> <b>{t('sources.choose_file')}</b>
        </FileDoor>
      </li>
    )
  return (
    <li className="sources-add">
      <FileDoor aria-label={t('sources.add.name')}>
        <span>{t('sources.add.paste')}</span> <span>{t('sources.add.drop')}</span> <span>{t('sources.add.file')}</span>
      </FileDoor>
    </li>
  )
}

/** A button that opens Chrome's file chooser for pictures. */
function FileDoor(props: ComponentProps<'button'>) {
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
