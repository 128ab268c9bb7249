import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { useT } from '../platform/i18n/i18n.ts'
import { Button, IconButton } from './button.tsx'
import { actOnNotice, closeNotice, type Notice, notices } from './notices.ts'
import { useHover } from './use-hover.ts'

/** The notices above the foot, read out as they come. */
export function NoticeList() {
  const t = useT()
  const list = useStore(notices, state => state.list)
  return (
    <section className="notices" aria-label={t('panel.notices')} aria-live="polite">
      {list.map(notice => (
        <NoticeItem key={notice.id} notice={notice} />
      ))}
    </section>
  )
}

function NoticeItem({ notice }: { notice: Notice }) {
  const t = useT()
  // While someone reads it with the pointer or stands on its button, it does not run away.
  const [isHeld, setHeld] = useState(false)
  const item = useRef<HTMLDivElement>(null)
  useHover(item, setHeld)
  useEffect(() => {
    if (isHeld || notice.ms === Number.POSITIVE_INFINITY) return
    const timer = setTimeout(() => closeNotice(notice.id), notice.ms)
    return () => clearTimeout(timer)
  }, [notice, isHeld])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps it, there is nothing to do with it
    <div
      ref={item}
      className={`notice notice-${notice.tone}`}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>{notice.text}</p>
      {notice.action && (
        <Button look="link" onClick={() => actOnNotice(notice.id, 'action')}>
          {notice.action.label}
        </Button>
      )}
      {notice.undo && (
        <Button look="link" onClick={() => actOnNotice(notice.id, 'undo')}>
          {t('panel.undo')}
        </Button>
      )}
      <IconButton icon="close" label={t('panel.close')} onClick={() => closeNotice(notice.id)} />
    </div>
  )
}
