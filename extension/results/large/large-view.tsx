import { useEffect, useMemo } from 'react'
import type { Picture } from '../../../bff/contract/library.ts'
import { useResults } from '../../jobs/jobs.ts'
import { shownPictures } from '../../jobs/pages.ts'
import { picturesSince } from '../feed/feed.ts'
import { feedSets } from '../feed/feed-items.ts'
import { startOfDay } from '../history/days.ts'
import { closeLarge, type Large, useLarge } from './large.ts'
import { LargePicture } from './large-picture.tsx'
import '../results.css'

/** The pictures to step through; the one on show stays among them, wherever it came from. */
function useSequence(large: Large | null): Picture[] {
  const pictures = useResults(state => state.pictures)
  const lists = useResults(state => state.lists)
  const jobs = useResults(state => state.jobs)
  return useMemo(() => {
    if (!large) return []
    if (large.sequence !== 'today') return shownPictures({ pictures, lists }, large.sequence)
    const shown = pictures[large.id]
    const today = startOfDay(Date.now())
    const since = picturesSince(pictures, Math.min(today, shown?.createdAt ?? today))
    return feedSets(since, jobs).flatMap(set => set.pictures)
  }, [large, pictures, lists, jobs])
}

/** One result over the whole panel; renders nothing while none is open. The frame makes the rest inert meanwhile. */
export function LargeView() {
  const large = useLarge()
  const sequence = useSequence(large)
  const picture = useResults(state => (large ? state.pictures[large.id] : undefined))
  const isGone = large !== null && picture === undefined
  useEffect(() => {
    if (isGone) closeLarge()
  }, [isGone])

  if (!large || !picture) return null
  return <LargePicture picture={picture} large={large} sequence={sequence} />
}
