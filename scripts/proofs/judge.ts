import type { Home } from './titles.ts'

/** A line of docs/proofs: what is promised, and the one test that would fail if it broke; or why there is none yet. */
export type Entry = { says: string } & ({ file: string; title: string } | { open: string })

export interface Outcome {
  fullName: string
  status: string
}

export interface Verdict {
  id: string
  state: 'proven' | 'open' | 'skipped' | 'unseen' | 'faulty'
  /** Why it is open, skipped or faulty; the title of its test otherwise. */
  word: string
}

/**
 * Compares the table with the titles in the sources and, where there are any, with what the last run of the tests said.
 * Without outcomes nothing is said about passing.
 */
export function judge(table: Record<string, Entry>, homes: Home[], outcomes: Map<string, Outcome[]> | null): Verdict[] {
  const ids = new Set([...Object.keys(table), ...homes.map(({ id }) => id)])
  return [...ids].toSorted(byNumber).map(id => ({
    id,
    ...verdict(
      table[id],
      homes.filter(home => home.id === id),
      outcomes?.get(id) ?? null,
      outcomes !== null,
    ),
  }))
}

type Word = Omit<Verdict, 'id'>
const faulty = (word: string): Word => ({ state: 'faulty', word })

function verdict(entry: Entry | undefined, homes: Home[], outcomes: Outcome[] | null, hasRun: boolean): Word {
  const [home, other] = homes
  if (!entry) return faulty(`stands in a title of ${home?.file}, and in no table`)
  if (other) return faulty(`stands on two tests: ${[home, other].map(where).join(' and ')}`)
  if ('open' in entry)
    return home
      ? faulty(`is called open (${entry.open}), and stands on ${where(home)}`)
      : { state: 'open', word: entry.open }
  if (!home) return faulty(`stands on no test; the table names ${where(entry)}`)
  if (home.title === null) return faulty(`stands in ${home.file} outside of every title`)
  if (home.file !== entry.file || home.title !== entry.title)
    return faulty(`stands on ${where(home)}; the table names ${where(entry)}`)
  if (!hasRun) return { state: 'unseen', word: entry.title }
  const failed = outcomes?.find(({ status }) => status === 'failed')
  if (failed) return faulty(`fails: ${failed.fullName}`)
  if (outcomes?.some(({ status }) => status === 'passed')) return { state: 'proven', word: entry.title }
  if (outcomes?.length) return { state: 'skipped', word: entry.title }
  return faulty(`did not run: ${where(entry)}`)
}

const where = (home: { file: string; title: string | null } | undefined) => `${home?.file}: ${home?.title}`

/** P2 before P10, C4a before C4b. */
function byNumber(a: string, b: string): number {
  const parts = (id: string) => /^(\D)(\d+)(.*)$/.exec(id)?.slice(1) ?? ['', '0', '']
  const [letterA = '', numberA, partA = ''] = parts(a)
  const [letterB = '', numberB, partB = ''] = parts(b)
  return letterB.localeCompare(letterA) || Number(numberA) - Number(numberB) || partA.localeCompare(partB)
}
