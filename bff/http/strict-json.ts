import { ProblemError } from '../contract/problems.ts'

/** Deeper than any request of ours. */
const maxDepth = 8

/** Strings, and the signs that open, close or separate; everything else in JSON can be skipped. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g

/**
 * JSON.parse that refuses what two readers could understand differently: a key that stands twice in one object.
 * Throws invalid_request.
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new ProblemError('invalid_request')
  }
  checkKeys(text)
  return value
}

/** `text` is known to be JSON, so a string before a colon is a key. */
function checkKeys(text: string): void {
  const open: (Set<string> | null)[] = []
  let lastString = ''
  for (const [sign] of text.matchAll(token)) {
    if (sign === '{') open.push(new Set())
    else if (sign === '[') open.push(null)
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ':') {
      const keys = open.at(-1)
      const key = JSON.parse(lastString)
      if (keys?.has(key)) throw new ProblemError('invalid_request')
      keys?.add(key)
    } else if (sign !== ',') lastString = sign
    if (open.length > maxDepth) throw new ProblemError('invalid_request')
  }
}
