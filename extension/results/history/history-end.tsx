import { useEffect } from 'react'
import { useStore } from 'zustand'
import { history, useResults } from '../../jobs/jobs.ts'
import type { ListName } from '../../jobs/state.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { pause } from '../../platform/pause.ts'
import { Button } from '../../ui/button.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { useNear } from '../../ui/use-near.ts'

/** While the line is down; sooner when the net comes back. */
const retryAfter = 10_000

/** The end of the list: reads on when it comes near, and says why when it cannot. */
export function HistoryEnd({ list }: { list: ListName }) {
  const t = useT()
  const hasMore = useResults(state => Boolean(state.lists[list].next))
  const { isLoading, problem } = useStore(history.store, state => state[list])
  const [end, isNear] = useNear<HTMLDivElement>({ once: false })

  useEffect(() => {
    if (isNear && hasMore && !isLoading && !problem) void history.more(list)
  }, [isNear, hasMore, isLoading, problem, list])

  const isLineDown = problem?.code === 'offline' || problem?.code === 'unreachable'

  // Each failed try is a new problem, and so begins a new wait.
  useEffect(() => {
    if (problem?.code !== 'offline' && problem?.code !== 'unreachable') return
    const left = new AbortController()
    pause(retryAfter, left.signal).then(
      () => history.again(list),
      () => {},
    )
    return () => left.abort()
  }, [problem, list])

  return (
    <div ref={end} className="results-end">
      {isLoading && <p role="status">{t('results.loading')}</p>}
      {problem && (
        <div className="note">
          <p>{isLineDown ? t('results.only_local') : problemText(problem)}</p>
          <div className="note-actions">
            <Button look="link" onClick={() => void history.again(list)}>
              {t('results.try_again')}
            </Button>
          </div>
        </div>
      )}
      {hasMore && !isLoading && !problem && (
        <Button onClick={() => void history.more(list)}>{t('results.more')}</Button>
      )}
    </div>
  )
}
