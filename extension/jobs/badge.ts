import { showBadge } from '../platform/chrome/toolbar.ts'
import type { Results } from './mirror.ts'
import { isOpen, type ResultsState } from './state.ts'

/** How many jobs are running; a dot when one ended while nobody was looking. */
export const badgeText = (running: number, hasNews: boolean): string =>
  running > 0 ? `${running}` : hasNews ? '•' : ''

const countOpen = ({ jobs }: ResultsState): number => Object.values(jobs).filter(isOpen).length

/** Shows the running jobs on the toolbar icon while this panel is open. Returns the way to stop. */
export function startBadge(results: Results): () => void {
  const stopped = new AbortController()
  const { signal } = stopped
  let hasNews = false
  const draw = (): void => showBadge(badgeText(countOpen(results.store.getState()), hasNews))
  const seen = (): void => {
    hasNews = false
    draw()
  }

  const unsubscribe = results.store.subscribe((state, before) => {
    if (state.jobs === before.jobs) return
    const hasEnded = Object.values(state.jobs).some(job => {
      const earlier = before.jobs[job.id]
      return earlier !== undefined && isOpen(earlier) && job.state === 'done'
    })
    if (hasEnded && !document.hasFocus()) hasNews = true
    draw()
  })
  addEventListener('focus', seen, { signal })
  // A closed panel cannot count on: rather no number than an old one.
  addEventListener('pagehide', () => showBadge(''), { signal })
  draw()

  return () => {
    unsubscribe()
    stopped.abort()
    showBadge('')
  }
}
