import type { HandOver } from './hand-over.ts'
import './results.css'

/** Today's jobs and results on the Make page. */
export function ResultsFeed(_: { handOver: HandOver }) {
  return <section className="results-feed" />
}
