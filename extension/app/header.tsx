import { useAccount } from '../account/store.ts'
import { openCredits } from '../credits/store.ts'
import { formatNumber, useT } from '../platform/i18n/i18n.ts'
import { usePicturesLeft } from '../studio/order/current.ts'
import { openScreen, useScreen } from '../ui/navigation.ts'
import { Menu } from './menu.tsx'
import { screenNames, screens } from './screens.tsx'

const named = screenNames.filter(name => screens[name].inHeader)

export function Header() {
  const t = useT()
  const current = useScreen()
  return (
    <header className="header">
      <Mark />
      <nav className="header-screens" aria-label={t('panel.nav')}>
        {named.map(name => (
          <button
            key={name}
            type="button"
            aria-current={name === current ? 'page' : undefined}
            onClick={() => openScreen(name)}
          >
            {t(`panel.screen.${name}`)}
          </button>
        ))}
      </nav>
      <BalanceLine />
      <Menu />
    </header>
  )
}

/** The red seal; its M is two brush strokes leaning on each other. Same drawing as public/icon.svg. */
function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="20" height="20" role="img" aria-label="Mimicit">
      <rect className="mark-seal" width="32" height="32" rx="7.5" />
      <path className="mark-letter" d="M8 24V9l8 10 8-10v15" />
    </svg>
  )
}

/** What is left, as a number and in words that mean something: "214 · about 30 pictures" of what is chosen now. */
function BalanceLine() {
  const t = useT()
  const isOpen = useScreen() === 'credits'
  const balance = useAccount(account => (account.status === 'signed-in' ? account.balance : null))
  const left = usePicturesLeft(balance?.available ?? 0)
  if (!balance) return <span className="balance" />
  const credits = t('panel.balance.credits', { count: balance.available })
  return (
    <button
      type="button"
      className="balance"
      title={t('credits.open', { credits })}
      aria-current={isOpen ? 'page' : undefined}
      onClick={() => openCredits()}
    >
      <b>{formatNumber(balance.available)}</b>
      {left === null ? null : <span>{t('panel.balance.pictures', { count: left })}</span>}
    </button>
  )
}
