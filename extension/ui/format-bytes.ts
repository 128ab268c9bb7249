import { currentLanguage } from '../platform/i18n/i18n.ts'

/** "340 KB", "2.1 MB" in the language's own way. */
export const formatBytes = (bytes: number) => {
  const [unit, divisor] = bytes >= 1_000_000 ? (['megabyte', 1_000_000] as const) : (['kilobyte', 1_000] as const)
  const digits = unit === 'megabyte' ? 1 : 0
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(Math.max(bytes, 1_000) / divisor)
}
