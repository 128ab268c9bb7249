import { useEffect, useState } from 'react'
import { results } from '../../jobs/jobs.ts'
import { isOpen, type ResultsState } from '../../jobs/state.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { problemText } from '../../ui/problem-text.ts'

/** What to say about the jobs that ended between two states; '' when none did. */
function newsBetween(before: ResultsState, after: ResultsState): string {
  if (before.jobs === after.jobs) return ''
  return Object.values(after.jobs)
    .filter(job => {
      const earlier = before.jobs[job.id]
      if (earlier === undefined || job.kind === 'reading') return false
      const isLate = earlier.state === 'unknown' && job.state === 'done'
      return isLate || (isOpen(earlier) && !isOpen(job) && job.problem !== 'cancelled')
    })
    .map(job =>
      job.state === 'done'
        ? t('results.ready', { prompt: job.prompt })
        : problemText(job.problem ?? 'interrupted', job.problemParams),
    )
    .join(' ')
}

/** Tells those who listen when a job ends. Elapsed seconds are not read out. */
export function SpokenNews() {
  const [news, setNews] = useState('')
  useEffect(
    () =>
      results.store.subscribe((state, before) => {
        const said = newsBetween(before, state)
        if (said) setNews(said)
      }),
    [],
  )
  return (
    <p className="only-heard" role="status">
      {news}
    </p>
  )
}
