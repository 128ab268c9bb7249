import type { MessageKey, Params } from '../platform/i18n/translate.ts'
import type { Job } from './state.ts'

/** What a waiting job is doing, in the person's terms. */
export type Stage =
  | { name: 'sent' }
  | { name: 'queued'; ahead: number }
  | { name: 'drawing'; elapsedMs: number; isLate: boolean }
  | { name: 'saving' }

/** `now` is the backend's clock as far as the panel knows it. */
export function stageOf(job: Pick<Job, 'state' | 'ahead' | 'startedAt' | 'createdAt' | 'usualMs'>, now: number): Stage {
  if (job.state === 'storing') return { name: 'saving' }
  if (job.state === 'queued') return job.ahead > 0 ? { name: 'queued', ahead: job.ahead } : { name: 'sent' }
  const elapsedMs = Math.max(0, now - (job.startedAt ?? job.createdAt))
  return { name: 'drawing', elapsedMs, isLate: elapsedMs > job.usualMs * 1.5 }
}

/** Seconds as people say them: whole, and never "0 s". */
export const wholeSeconds = (ms: number): number => Math.max(1, Math.round(ms / 1000))

/** The words of a stage: a key and what fills its gaps. */
export function stageMessage(stage: Stage): [MessageKey, Params?] {
  switch (stage.name) {
    case 'sent':
      return ['results.stage_sent']
    case 'queued':
      return ['results.stage_queued', { ahead: stage.ahead }]
    case 'drawing':
      return ['results.stage_drawing', { seconds: wholeSeconds(stage.elapsedMs) }]
    case 'saving':
      return ['results.stage_saving']
  }
}
