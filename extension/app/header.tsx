import { useT } from '../platform/i18n/i18n.ts'
import { openScreen, useScreen } from '../ui/navigation.ts'
import { BalanceLine } from './balance-line.tsx'
import { Mark } from './mark.tsx'
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
