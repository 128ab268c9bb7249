import type { ReactNode } from 'react'
import { useMemo } from 'react'
import type { Picture } from '../../../bff/contract/library.ts'
import type { Delivery } from '../../jobs/files/delivery.ts'
import { useResults } from '../../jobs/jobs.ts'
import { useT } from '../../platform/i18n/i18n.ts'
import { Section } from '../../ui/section.tsx'
import { useNow } from '../../ui/use-now.ts'
import { startOfDay } from '../history/days.ts'
import { PictureCard } from '../picture-card.tsx'
import { usePictureKeys } from '../use-picture-keys.ts'
import { FailedNote } from './failed-note.tsx'
import { failedJobs, openJobs, picturesSince } from './feed.ts'
import type { FeedSet } from './feed-items.ts'
import { feedSets } from './feed-items.ts'
import { JobCard } from './job-card.tsx'
import { SpokenNews } from './spoken-news.tsx'
import '../results.css'

const minute = 60_000

/** Today's jobs and results on the Make page: notes of what failed, then open jobs, then pictures, newest first. */
export function ResultsFeed() {
  const t = useT()
  const today = startOfDay(useNow(minute))
  const jobs = useResults(state => state.jobs)
  const dismissed = useResults(state => state.dismissed)
  const allPictures = useResults(state => state.pictures)
  const open = useMemo(() => openJobs(jobs), [jobs])
  const failed = useMemo(() => failedJobs({ jobs, dismissed }), [jobs, dismissed])
  const sets = useMemo(() => feedSets(picturesSince(allPictures, today), jobs), [allPictures, jobs, today])
  const pictures = useMemo(() => sets.flatMap(set => set.pictures), [sets])
  const keys = usePictureKeys(pictures)
  const isEmpty = open.length + failed.length + pictures.length === 0

  return (
    <Section title={t('results.today')} className="results-feed">
      <SpokenNews />
      {isEmpty && <p className="results-hint">{t('results.today_empty')}</p>}
      {failed.map(job => (
        <FailedNote key={job.id} job={job} />
      ))}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside */}
      <div ref={keys.ref} onKeyDown={keys.onKeyDown} onFocus={keys.onFocus}>
        <ul className="results-grid">
          {open.map(job => (
            <JobCard key={job.id} job={job} />
          ))}
          {sets.map(set => (
            <PictureSet key={set.id} set={set}>
              {picture => (
                <PictureCard
                  key={picture.id}
                  picture={picture}
                  sequence="today"
                  shape="own"
                  isTabStop={picture.id === keys.tabStop}
                  onRemove={keys.remove}
                />
              )}
            </PictureSet>
          ))}
        </ul>
      </div>
    </Section>
  )
}

function DeliveryLine({ delivery }: { delivery: NonNullable<Delivery> }) {
  const t = useT()
  if (delivery.kind === 'free') return t('results.free')
  const { ready, count, failed, charged, price } = delivery
  return `${t('results.partial', { ready, all: count, count: failed })} ${t('results.charged', { charged, price })}`
}

/** The results of one job: several begin a row of their own; a line tells where fewer came or the price was not taken. */
function PictureSet({ set, children }: { set: FeedSet; children: (picture: Picture) => ReactNode }) {
  const { pictures, delivery } = set
  if (pictures.length === 1 && !delivery) return pictures.map(children)
  return (
    <li className="results-set" data-set={set.id}>
      {delivery ? (
        <p className="results-delivery">
          <DeliveryLine delivery={delivery} />
        </p>
      ) : null}
      <ul className="results-grid">{pictures.map(children)}</ul>
    </li>
  )
}
