import { account } from '../../account/store.ts'
import { onLimitsChange } from '../../credits/store.ts'
import type { ApiProblemCode } from '../../platform/api/problem.ts'
import { listen, type Stop, stopAll } from '../../platform/stop.ts'
import { derive, type Readable } from '../../ui/derived-store.ts'
import type { Order } from '../order/order.ts'

/** What can make untrue what was said of the last press. */
export type Change =
  /** Something was written, chosen or put in otherwise. */
  | 'draft'
  /** Somebody signed in. */
  | 'session'
  /** The line came back. */
  | 'line'
  /** The person's own limits are others. */
  | 'limits'
  /** There are enough credits now. */
  | 'credits'

const ends: Readonly<Record<Change, 'every problem' | readonly ApiProblemCode[]>> = {
  draft: 'every problem',
  session: 'every problem',
  line: ['offline', 'unreachable'],
  limits: ['cap_reached_day', 'cap_reached_month', 'confirmation_needed'],
  credits: ['insufficient_credits'],
}

/** Whether a problem is over with this change. */
export const isEndedBy = (change: Change, code: ApiProblemCode) =>
  ends[change] === 'every problem' || ends[change].includes(code)

interface Followed {
  order: Readable<Order | undefined>
  draft: Readable<unknown>
}

/** Tells of each change that a press is about. */
export const followChanges = ({ order, draft }: Followed, tell: (change: Change) => void): Stop => {
  const available = derive([account], ({ balance }) => balance?.available ?? 0)
  const isEnough = derive([available, order], (credits, wanted) => wanted !== undefined && credits >= wanted.price)
  return stopAll([
    draft.subscribe(() => tell('draft')),
    account.subscribe(({ status }, before) => {
      if (status === 'signed-in' && before.status !== status) tell('session')
    }),
    listen(window, 'online', () => tell('line')),
    onLimitsChange(() => tell('limits')),
    isEnough.subscribe(isSo => {
      if (isSo) tell('credits')
    }),
  ])
}
