import { localPath } from '../web/site.ts'

/** Where a sign-in leads: a page of ours, but never the start of another one. */
export const nextOf = (path: string | undefined, origin: string): string => {
  const next = localPath(path, origin, '/account')
  return next.startsWith('/sign-in') ? '/account' : next
}

/** The questions of a sign-in that the provider has vouched for. */
export const welcomePath = (attempt: string): string => `/welcome?${new URLSearchParams({ attempt })}`

/** The questions to somebody who is signed in. */
export const consentPath = (next: string | undefined): string =>
  next === undefined ? '/consent' : `/consent?${new URLSearchParams({ next })}`
