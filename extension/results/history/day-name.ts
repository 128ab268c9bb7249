import { currentLanguage, useT } from '../../platform/i18n/i18n.ts'
import { daysBetween, startOfDay } from './days.ts'

/** Headings of the days: today, yesterday, then the date as the language writes it, with the year when it is another one. */
export function useDayName(): (start: number) => string {
  const t = useT()
  return start => {
    const today = startOfDay(Date.now())
    const age = daysBetween(start, today)
    if (age === 0) return t('results.today')
    if (age === 1) return t('results.yesterday')
    const isThisYear = new Date(start).getFullYear() === new Date(today).getFullYear()
    return new Intl.DateTimeFormat(currentLanguage(), {
      weekday: 'short',
      month: 'short',
      day: 'numeric',
      ...(!isThisYear && { year: 'numeric' }),
    }).format(start)
  }
}
