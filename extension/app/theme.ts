import { settings } from '../platform/settings.ts'
import { listen, type Stop, stopAll } from '../platform/stop.ts'
import { keepForNextPage, type Settings } from '../platform/storage/items.ts'

/**
 * Follows the theme setting and, while it is 'system', the system. A copy of the choice is for public/theme.js, which must
 * know it before anything can be awaited.
 */
export function startTheme(): Stop {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = (theme: Settings['theme']) => {
    keepForNextPage('theme', theme)
    document.documentElement.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme
  }
  apply(settings.getState().theme)
  return stopAll([
    settings.subscribe(({ theme }) => apply(theme)),
    listen(system, 'change', () => apply(settings.getState().theme)),
  ])
}
