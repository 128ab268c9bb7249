/** Browsers built on Chrome name themselves after it, so they are looked for first. */
const families = [
  ['Edge', /\bEdg\/(\d{1,4})\b/],
  ['Opera', /\bOPR\/(\d{1,4})\b/],
  ['Vivaldi', /\bVivaldi\/(\d{1,4})\b/],
  ['Chrome', /\b(?:Headless)?Chrome\/(\d{1,4})\b/],
  ['Firefox', /\bFirefox\/(\d{1,4})\b/],
  ['Safari', /\bVersion\/(\d{1,4})\b[\d.]* .*\bSafari\//],
] as const

/** Family and major version, such as "Chrome 156": enough to know a sign-in again, and all that is kept. */
export function browserName(userAgent: string | undefined): string | null {
  for (const [family, pattern] of families) {
    const major = pattern.exec(userAgent?.slice(0, 500) ?? '')?.[1]
    if (major) return `${family} ${major}`
  }
  return null
}
