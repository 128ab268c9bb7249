/** The credits of this panel, wired to the backend, the balance in the header and the tab in which one pays. */
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Purchase } from '../../bff/contract/billing.ts'
import type { SpendingLimits } from '../../bff/contract/credits.ts'
import type { Currency } from '../../bff/contract/values.ts'
import { account, refreshBalance } from '../account/store.ts'
import { api } from '../platform/api/api.ts'
import { currentLanguage, t } from '../platform/i18n/i18n.ts'
import { pause } from '../platform/pause.ts'
import { reset } from '../platform/reset.ts'
import type { Stop } from '../platform/stop.ts'
import { openScreen } from '../ui/navigation.ts'
import { showNotice } from '../ui/notices.ts'
import { createReader } from './reader.ts'
import { createStatement } from './statement.ts'
import { createWatch } from './watch.ts'

const reader = createReader({ api })
export const useCredits = <T>(select: (credits: ReturnType<typeof reader.store.getState>) => T): T =>
  useStore(reader.store, select)

export const statement = createStatement({ api })

const watch = createWatch({ read: api.purchase, onChange: tell, pause, now: Date.now })
export const useWatched = () => useStore(watch.store, ({ ids }) => ids)
/** The person no longer wants to see that a payment is waited for; nothing else changes. */
export const stopWatching = watch.stop

/** Reads what hangs on the balance again, and watches what is still to be paid. */
async function readCredits() {
  await reader.refresh()
  for (const purchase of reader.store.getState().purchases) {
    watch.saw(purchase)
    if (purchase.state === 'pending') watch.begin(purchase)
  }
}

/** Reads everything again, the balance too; never rejects. */
export async function refreshCredits() {
  // Why it cannot be read is said of the rest.
  await Promise.all([refreshBalance().catch(() => {}), readCredits()])
}

/** For as long as the page is shown: what moves the balance, here or elsewhere, moves more of what stands there. */
export function followCredits(): Stop {
  void refreshCredits()
  return account.subscribe(({ balance }, before) => {
    if (balance !== before.balance) void readCredits()
  })
}

function tell({ state, credits }: Purchase) {
  if (state === 'paid') showNotice({ text: t('credits.added', { count: credits }) })
  void refreshCredits()
}

/** Opens the page on which one pays, in a tab; the panel follows the purchase from here. */
export async function buy(pack: string, currency: Currency) {
  const { personId } = account.getState()
  const { purchase, url } = await api.buy({ pack, currency, language: currentLanguage() })
  // Whoever sits here by now does not pay for somebody else.
  if (account.getState().personId !== personId) return
  await chrome.tabs.create({ url })
  watch.begin(purchase)
  await refreshCredits()
}

/** Has the payment service asked, instead of waiting for its word. */
export async function checkPurchase(id: string) {
  await api.refreshPurchase(id)
  await refreshCredits()
}

export async function saveLimits(limits: SpendingLimits) {
  await api.setLimits(limits)
  await reader.refresh()
}

/** Tells when the person's own limits are others than before: a refusal by the old ones is no longer true. */
export const onLimitsChange = (tell: () => void) =>
  reader.store.subscribe(({ billing }, before) => {
    const [now, then] = [billing?.limits, before.billing?.limits]
    if (now && then && limitNames.some(name => now[name] !== then[name])) tell()
  })

const limitNames = ['perDay', 'perMonth', 'askAbove'] as const satisfies readonly (keyof SpendingLimits)[]

/** The part of the page that the person was led to; it takes the focus once. */
type Part = 'packs' | 'limits'
const aim = createStore<{ part: Part | null }>(() => ({ part: null }))
export const useAim = () => useStore(aim, ({ part }) => part)
export const forgetAim = () => aim.setState({ part: null })

/** Opens the page of credits, at one of its parts. */
export function openCredits(part: Part | null = null) {
  aim.setState({ part })
  openScreen('credits')
}

/** At this balance the person has read the note that little is left, and closed it; with more credits it may come again. */
const lowBalance = createStore<{ closedAt: number | null }>(() => ({ closedAt: null }))
export const useLowBalanceClosed = () => useStore(lowBalance, ({ closedAt }) => closedAt)
export const closeLowBalance = (closedAt: number) => lowBalance.setState({ closedAt })

export function forgetCredits() {
  watch.forget()
  reader.empty()
  statement.empty()
  reset(aim)
  reset(lowBalance)
}
