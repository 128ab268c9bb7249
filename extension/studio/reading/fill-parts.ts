import type { Reading } from '../../../bff/contract/readings.ts'
import { type PartName, partNames } from '../../../bff/contract/values.ts'
import { results } from '../../jobs/jobs.ts'
import type { ResultsState } from '../../jobs/state.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { oneOf } from '../../platform/shape.ts'
import type { Stop } from '../../platform/stop.ts'
import { showNotice } from '../../ui/notices.ts'
import { eachPart, fillEmpty, isSaidAlike, otherWords, type Parts, replaceWords } from '../prompt/parts/parts.ts'
import { inParts } from '../prompt/words.ts'
import { studioStore } from '../store.ts'
import { readingStore } from './reading-store.ts'

export const changedParts = (before: Parts, after: Parts) =>
  partNames.filter(name => !isSaidAlike(before[name], after[name]))

/** Takes back what was filled in; what was written since stays. */
export const withoutFilled = (now: Parts, before: Parts, filled: Parts): Parts =>
  eachPart(name => (isSaidAlike(now[name], filled[name]) ? { ...before[name], locked: now[name].locked } : now[name]))

/** The part in whose field the caret stands. */
const busyPart = (): PartName | null =>
  oneOf(partNames, (document.activeElement as HTMLElement | null)?.dataset.part) ?? null

const undoable = (before: Parts, after: Parts) => () =>
  studioStore.setState(({ parts }) => ({ parts: withoutFilled(parts, before, after) }))

/** Fills the empty parts; own words stay, and for them the reading only offers its own. */
const fillFromReading = (reading: Reading) => {
  const choices = studioStore.getState()
  const before = inParts(choices).parts ?? choices.parts
  const parts = fillEmpty(before, reading, busyPart())
  const count = changedParts(before, parts).length
  studioStore.setState({
    ...inParts(choices),
    parts,
    // A text of one's own that is on show is not put away.
    view: choices.prompt.trim() === '' ? 'parts' : choices.view,
  })
  readingStore.setState({ awaited: null, offered: otherWords(parts, reading).length > 0 ? reading : null })
  if (count === 0) showNotice({ text: t('reading.kept') })
  else showNotice({ text: t('reading.filled', { count }), undo: undoable(before, parts) })
}

/** The person wants the reading's words in place of those that stand there. */
export const replaceWithOffered = () => {
  const { offered } = readingStore.getState()
  if (!offered) return
  const { parts: before } = studioStore.getState()
  const parts = replaceWords(before, offered)
  studioStore.setState({ parts })
  readingStore.setState({ offered: null })
  showNotice({ text: t('reading.replaced'), undo: undoable(before, parts) })
}

export const dismissOffered = () => readingStore.setState({ offered: null })

const follow = ({ jobs }: ResultsState) => {
  const { awaited } = readingStore.getState()
  const job = awaited === null ? undefined : jobs[awaited]
  if (job?.state === 'done' && job.reading) fillFromReading(job.reading)
}

/** Takes in the awaited reading whenever it comes, also one that was begun before the panel was closed. */
export const startReading = (): Stop => {
  const stop = results.store.subscribe(follow)
  follow(results.store.getState())
  return stop
}
