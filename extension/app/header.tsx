import { useT } from '../platform/i18n/i18n.ts'
import { openPage, pages, usePage } from '../ui/navigation.ts'
import { BalanceLine } from './balance-line.tsx'
import { Mark } from './mark.tsx'
import { Menu } from './menu.tsx'

export function Header() {
  const t = useT()
  const current = usePage()
  return (
    <header className="header">
      <Mark />
      <nav className="header-pages" aria-label={t('panel.nav')}>
        {pages.map(page => (
          <button
            key={page}
            type="button"
            aria-current={page === current ? 'page' : undefined}
            onClick={() => openPage(page)}
          >
            {t(`panel.page.${page}`)}
          </button>
        ))}
      </nav>
      <BalanceLine />
      <Menu />
    </header>
  )
}
