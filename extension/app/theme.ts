import { settings } from '../platform/settings.ts'
import type { Settings } from '../platform/storage/items.ts'

/**
 * Follows the theme setting and, while it is 'system', the system. A copy of the choice in localStorage is for
 * public/theme.js, which must know it before anything can be awaited.
 */
export function startTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = (theme: Settings['theme']) => {
    localStorage.setItem('theme', theme)
    document.documentElement.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme
  }
  settings.subscribe(({ theme }) => apply(theme))
  system.addEventListener('change', () => apply(settings.getState().theme))
  apply(settings.getState().theme)
}
