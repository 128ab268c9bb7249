import type { HandOver } from './hand-over.ts'
import './results.css'

/** One result over the whole panel; renders nothing while none is open. The frame makes the rest inert meanwhile. */
export function LargeView(_: { handOver: HandOver }) {
  return null
}
