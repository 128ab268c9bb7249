import { noEdits } from '../edit/edits.ts'
import type { Slot } from '../slots/slot.ts'

/** A slot whose picture is ready, for tests. */
export const slot = (id: string, change: Partial<Slot> = {}): Slot => ({
  id,
  role: 'subject',
  weight: 100,
  locked: false,
  name: '',
  origin: { kind: 'file' },
  state: { kind: 'ready', width: 10, height: 10, bytes: 1, animated: false },
  edits: noEdits,
  ...change,
})
