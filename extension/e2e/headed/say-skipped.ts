import { missingTools } from './tools.ts'

/** Runs once before the tests: a skipped test says itself only that it was skipped. */
export default function saySkipped(): void {
  if (missingTools.length > 0)
    console.warn(`Skipped: the tests with a real window need ${missingTools.join(', ')}, which this machine lacks.`)
}
