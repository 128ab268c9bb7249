import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { history, useResults } from '../../jobs/jobs.ts'
import { shownPictures } from '../../jobs/pages.ts'
import type { ListName } from '../../jobs/state.ts'
import { currentLanguage, useT } from '../../platform/i18n/i18n.ts'
import { Segmented } from '../../ui/choice.tsx'
import { Section } from '../../ui/section.tsx'
import { PictureCard } from '../picture-card.tsx'
import { usePictureKeys } from '../use-picture-keys.ts'
import { daysBetween, groupByDay, startOfDay } from './days.ts'
import { HistoryEnd } from './history-end.tsx'
import '../results.css'

/** Every result the person keeps, newest first, by day. */
export function HistoryPage() {
  const t = useT()
  const [list, setList] = useState<ListName>('all')
  const pictures = useResults(state => state.pictures)
  const lists = useResults(state => state.lists)
  const shown = useMemo(() => shownPictures({ pictures, lists }, list), [pictures, lists, list])
  const days = useMemo(() => groupByDay(shown), [shown])
  const { isLoading, problem } = useStore(history.store, state => state[list])
  const dayName = useDayName()
  const keys = usePictureKeys(shown)

  useEffect(() => {
    void history.refresh(list)
  }, [list])

  return (
    <Section
      title={t('results.history')}
      className="results-history"
      aside={
        <Segmented
          label={t('results.show')}
          options={[
            { value: 'all', label: t('results.show_all') },
            { value: 'favourites', label: t('results.show_favourites') },
          ]}
          value={list}
          onChange={setList}
        />
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside */}
      <div ref={keys.ref} onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
        {days.map(day => (
          <section key={day.start} className="results-day">
            <h3>{dayName(day.start)}</h3>
            <ul className="results-grid">
              {day.pictures.map(picture => (
                <PictureCard
                  key={picture.id}
                  picture={picture}
                  sequence={list}
                  shape="square"
                  isTabStop={picture.id === keys.tabStop}
                  onRemove={keys.remove}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {shown.length === 0 && !isLoading && !problem && (
        <p className="results-hint">{t(list === 'all' ? 'results.history_empty' : 'results.favourites_empty')}</p>
      )}
      <HistoryEnd list={list} />
    </Section>
  )
}

/** Headings of the days: today, yesterday, then the date as the language writes it, with the year when it is another one. */
function useDayName(): (start: number) => string {
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
