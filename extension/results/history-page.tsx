import type { HandOver } from './hand-over.ts'
import './results.css'

/** Every result the person keeps, newest first. */
export function HistoryPage(_: { handOver: HandOver }) {
  return <section className="results-history" />
}
