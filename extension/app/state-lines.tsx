import { useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { installUpdate, update } from '../platform/chrome/update.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { showNotice } from '../ui/notices.ts'

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
    if (!(await installUpdate())) showNotice({ text: t('panel.update.none') })
  }
  return (
    <div role="status">
      {!isOnline && <p className="state-line">{t('panel.offline')}</p>}
      {isOutdated && (
        <p className="state-line">
          {t('panel.update')}
          <Button look="link" onClick={() => void install()}>
            {t('panel.update.install')}
          </Button>
        </p>
      )}
    </div>
  )
}
