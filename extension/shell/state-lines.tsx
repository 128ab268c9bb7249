import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useT } from '../platform/i18n.ts'
import { installUpdate, update } from '../platform/update.ts'
import { Button } from './button.tsx'
import { showNotice } from './notices.ts'

const followLine = (onChange: () => void) => {
  addEventListener('online', onChange)
  addEventListener('offline', onChange)
  return () => {
    removeEventListener('online', onChange)
    removeEventListener('offline', onChange)
  }
}

/** States of the whole panel that last: no connection, too old a version. */
export function StateLines() {
  const t = useT()
  const isOnline = useSyncExternalStore(followLine, () => navigator.onLine)
  const isOutdated = useStore(update, state => state.isNeeded)
  const install = async () => {
    if (!(await installUpdate())) showNotice({ text: t('shell.update.none') })
  }
  return (
    <div role="status">
      {!isOnline && <p className="state-line">{t('shell.offline')}</p>}
      {isOutdated && (
        <p className="state-line">
          {t('shell.update')}
          <Button look="link" onClick={() => void install()}>
            {t('shell.update.install')}
          </Button>
        </p>
      )}
    </div>
  )
}
