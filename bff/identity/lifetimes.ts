/** How long sign-ins last, in milliseconds. */
const minute = 60_000
const day = 24 * 60 * minute

export const lifetimes = {
  /** From pressing "Sign in" to coming back from the identity provider. */
  signInAttempt: 10 * minute,
  /** A form that was sent twice at once ends signed in both times. */
  welcomeRepeat: minute,
  webSession: { idle: 7 * day, absolute: 30 * day },
  /** Writing "last seen" more often than this would make every page view a write. */
  webSessionTouch: 60 * minute,
  handoffCode: minute,
  accessToken: 15 * minute,
  tokenFamily: { idle: 30 * day, absolute: 180 * day },
  /** A refresh answer can get lost or be asked for twice at once: until then the same token gives the same successor. */
  refreshGrace: minute,
  /** Used codes and ended families stay known for a while, so that a replay is noticed; codes go first, they name families. */
  usedCode: day,
  endedFamily: 2 * day,
} as const
