import type { ReactNode } from 'react'
import type { Picture } from '../../bff/contract/library.ts'
import type { Delivery } from '../jobs/files/delivery.ts'
import { useT } from '../platform/i18n/i18n.ts'
import type { FeedSet } from './feed/feed-items.ts'

function DeliveryLine({ delivery }: { delivery: NonNullable<Delivery> }) {
  const t = useT()
  if (delivery.kind === 'free') return t('results.free')
  const { ready, count, failed, charged, price } = delivery
  return `${t('results.partial', { ready, all: count, count: failed })} ${t('results.charged', { charged, price })}`
}

/** The results of one job: several begin a row of their own; a line tells where fewer came or the price was not taken. */
export function PictureSet({ set, children }: { set: FeedSet; children: (picture: Picture) => ReactNode }) {
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
