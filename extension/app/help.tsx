import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { useT } from '../platform/i18n/i18n.ts'
import { changeSettings, useSettings } from '../platform/settings.ts'
import { resultShortcuts } from '../results/picture-keys.ts'
import { slotShortcuts } from '../sources/slots/slot-keys.ts'
import { IconButton } from '../ui/button.tsx'
import { type Shortcut, shortcuts } from './keys.ts'

const help = createStore(() => ({ isOpen: false }))

export const openHelp = () => help.setState({ isOpen: true })

const isMac = navigator.platform.startsWith('Mac')
const nameOf = ({ key, withModifier }: Shortcut) => {
  const name = key === 'enter' ? 'Enter' : key.toUpperCase()
  return withModifier ? [isMac ? '⌘' : 'Ctrl', name] : [name]
}

/** The keyboard map, from the same list that the listener reads. */
export function Help() {
  const t = useT()
  const isOpen = useStore(help, state => state.isOpen)
  const singleKeys = useSettings(settings => settings.singleKeys)
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
  }, [isOpen])

  if (!isOpen) return null
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={() => help.setState({ isOpen: false })}>
      <div className="help-head">
        <h2 id="help-title">{t('panel.keys')}</h2>
        <IconButton icon="close" label={t('panel.close')} onClick={() => dialog.current?.close()} />
      </div>
      <dl>
        {shortcuts.map(shortcut => (
          <div key={shortcut.action} className={shortcut.withModifier || singleKeys ? undefined : 'help-off'}>
            <dt>
              {nameOf(shortcut).map(name => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(`panel.keys.${shortcut.action}`)}</dd>
          </div>
        ))}
        {[...slotShortcuts, ...resultShortcuts].map(({ keys, isLetter, does }) => (
          <div key={does} className={singleKeys || !isLetter ? undefined : 'help-off'}>
            <dt>
              {keys.map(name => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>{t('panel.keys.escape')}</dd>
        </div>
      </dl>
      <label className="help-switch">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={event => void changeSettings({ singleKeys: event.target.checked })}
        />
        {t('panel.keys.single')}
      </label>
    </dialog>
  )
}
