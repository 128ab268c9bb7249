import type { Generation, JobState } from '../../bff/contract/generations.ts'
import type { Picture } from '../../bff/contract/library.ts'
import { isSame } from '../platform/is-same.ts'

/** A generation as it is kept here: its pictures are references, so that every picture exists once. */
export type Job = Omit<Generation, 'pictures'> & { pictureIds: readonly string[] }

/**
 * When an answer was asked for and when it arrived, in ticks of one counter. Answers can overtake each other;
 * an answer is newer for certain only when it was asked for after the last one had arrived.
 */
export interface AnswerTime {
  asked: number
  arrived: number
}

/** The two lists of the history. */
export type ListName = 'all' | 'favourites'

/** How much of one list has been read from the backend. */
export interface Extent {
  /** The last picture read so far; null before the first page. */
  last: Pick<Picture, 'createdAt' | 'id'> | null
  /** Cursor of the next page; null at the end, undefined before the first page. */
  next: string | null | undefined
}

export interface ResultsState {
  jobs: Readonly<Record<string, Job>>
  pictures: Readonly<Record<string, Picture>>
  /** Per job or picture, the tick until which an answer asked for earlier is stale; infinite while an own change is under way. Outlives removal. */
  known: Readonly<Record<string, number>>
  lists: Readonly<Record<ListName, Extent>>
  /** Ids of ended jobs whose note the person has closed. */
  dismissed: readonly string[]
  /** How far this computer's clock is ahead of the backend's, in milliseconds; null until a job told. */
  clockAhead: number | null
}

const unread: Extent = { last: null, next: undefined }

export const emptyState: ResultsState = {
  jobs: {},
  pictures: {},
  known: {},
  lists: { all: unread, favourites: unread },
  dismissed: [],
  clockAhead: null,
}

/** How far a job is; a rate-limited job can go back to `queued`, an ended job never moves. */
const progressOfState: Record<JobState, number> = {
  queued: 0,
  calling: 1,
  submitted: 2,
  storing: 3,
  done: 4,
  failed: 4,
  unknown: 4,
}

export const isOpen = (job: { state: JobState }): boolean => progressOfState[job.state] < progressOfState.done

export const hasOpenJob = (state: ResultsState): boolean => Object.values(state.jobs).some(isOpen)

const knownUntil = (state: ResultsState, id: string): number => state.known[id] ?? Number.NEGATIVE_INFINITY

/** Whether an answer may speak about this id. */
const isCurrent = (state: ResultsState, id: string, time: AnswerTime): boolean => time.asked >= knownUntil(state, id)

function without<T>(record: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> {
  if (!(id in record)) return record
  const { [id]: _, ...rest } = record
  return rest
}

/** Takes in the newer of two, whole. One that says the same stays the object it was, which keeps components and the local copy still. */
function withEntry<T extends { id: string }>(
  entries: Readonly<Record<string, T>>,
  entry: T,
): Readonly<Record<string, T>> {
  return isSame(entries[entry.id], entry) ? entries : { ...entries, [entry.id]: entry }
}

/** Takes in a picture as the backend knows it. */
export function withPicture(state: ResultsState, picture: Picture, time: AnswerTime): ResultsState {
  if (!isCurrent(state, picture.id, time)) return state
  return {
    ...state,
    pictures: withEntry(state.pictures, picture),
    known: { ...state.known, [picture.id]: time.arrived },
  }
}

/** Takes in that the backend no longer has a picture. */
export function withoutPicture(state: ResultsState, id: string, time: AnswerTime): ResultsState {
  if (!isCurrent(state, id, time)) return state
  return {
    ...state,
    pictures: without(state.pictures, id),
    known: { ...state.known, [id]: time.arrived },
  }
}

function mayReplaceJob(state: ResultsState, current: Job, next: Generation, time: AnswerTime): boolean {
  if (!isOpen(current) && isOpen(next)) return false
  return isCurrent(state, current.id, time) || progressOfState[next.state] > progressOfState[current.state]
}

/** Takes in one generation as the backend knows it. */
export function withGeneration(state: ResultsState, generation: Generation, time: AnswerTime): ResultsState {
  const { pictures, ...rest } = generation
  const current = state.jobs[generation.id]
  if (current && !mayReplaceJob(state, current, generation, time)) return state
  const had = current?.pictureIds ?? []
  const has = pictures.map(({ id }) => id)
  const gone = had.filter(id => !has.includes(id))
  const job: Job = { ...rest, pictureIds: [...has, ...gone] }
  const next: ResultsState = {
    ...state,
    jobs: withEntry(state.jobs, job),
    known: { ...state.known, [job.id]: Math.max(time.arrived, knownUntil(state, job.id)) },
  }
  const known = pictures.reduce((result, picture) => withPicture(result, picture, time), next)
  return gone.reduce((result, id) => withoutPicture(result, id, time), known)
}

/** Takes in the whole list of the last day: what it no longer has is gone. */
export function withGenerations(state: ResultsState, list: readonly Generation[], time: AnswerTime): ResultsState {
  const listed = new Set(list.map(generation => generation.id))
  const jobs = Object.values(state.jobs).filter(job => listed.has(job.id) || !isCurrent(state, job.id, time))
  const kept: ResultsState = { ...state, jobs: Object.fromEntries(jobs.map(job => [job.id, job])) }
  return list.reduce((result, generation) => withGeneration(result, generation, time), kept)
}

/** The backend no longer knows this job. */
export const withoutJob = (state: ResultsState, id: string): ResultsState => ({
  ...state,
  jobs: without(state.jobs, id),
})

/** Learns the backend's clock from a job accepted just now; the quickest answer tells it best. */
export const withClock = (state: ResultsState, generation: Generation, now: number): ResultsState => ({
  ...state,
  clockAhead: Math.min(state.clockAhead ?? Number.POSITIVE_INFINITY, now - generation.createdAt),
})

/** At most this many closed notes are remembered; jobs leave the list after a day. */
const maxDismissed = 100

export const withDismissed = (state: ResultsState, id: string): ResultsState => ({
  ...state,
  dismissed: [...state.dismissed.filter(other => other !== id), id].slice(-maxDismissed),
})

/** Takes in the fraction a model reports while it draws. */
export function withProgress(state: ResultsState, id: string, progress: number): ResultsState {
  const job = state.jobs[id]
  if (!job || !isOpen(job)) return state
  return { ...state, jobs: { ...state.jobs, [id]: { ...job, progress: Math.min(1, Math.max(0, progress)) } } }
}

/** The person's own change shows at once; until `settled`, no answer may speak about this picture. */
export function withOwnChange(state: ResultsState, id: string, picture: Picture | null): ResultsState {
  return {
    ...state,
    pictures: picture ? { ...state.pictures, [id]: picture } : without(state.pictures, id),
    known: { ...state.known, [id]: Number.POSITIVE_INFINITY },
  }
}

/** The own change was answered: this is the truth now. */
export function settled(state: ResultsState, id: string, picture: Picture | null, tick: number): ResultsState {
  return {
    ...state,
    pictures: picture ? { ...state.pictures, [id]: picture } : without(state.pictures, id),
    known: { ...state.known, [id]: tick },
  }
}

/** Newest first; ids decide between equal times, as in the backend's list. */
export const newestFirst = (a: { createdAt: number; id: string }, b: { createdAt: number; id: string }): number =>
  b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
