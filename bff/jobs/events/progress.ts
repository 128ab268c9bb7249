import type { Signals } from './signals.ts'

/** How far running jobs are. In memory only: after a restart there is nothing running to report. */
export interface Progress {
  report(job: { id: string; person_id: string }, fraction: number): void
  of(jobId: string): number | null
  forget(jobId: string): void
}

/** At most this often does one job tell its streams. */
const pauseMs = 200

export function createProgress({ signals, now }: { signals: Signals; now: () => number }): Progress {
  const running = new Map<string, { fraction: number; toldAt: number }>()
  return {
    report({ id, person_id }, fraction) {
      if (!Number.isFinite(fraction)) return
      const before = running.get(id)
      const rounded = Math.round(fraction * 1000) / 1000
      const clamped = Math.min(1, Math.max(before?.fraction ?? 0, rounded))
      const isDue = !before || Math.abs(now() - before.toldAt) >= pauseMs
      running.set(id, { fraction: clamped, toldAt: isDue ? now() : before.toldAt })
      if (isDue) signals.send(person_id, { type: 'progress', generationId: id, progress: clamped })
    },
    of: jobId => running.get(jobId)?.fraction ?? null,
    forget: jobId => void running.delete(jobId),
  }
}
