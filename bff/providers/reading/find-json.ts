/** Longest answer worth searching: a reading is a few kilobytes. */
const maxSearched = 100_000

/** The JSON objects in a text that may have fences, thoughts or prose around them, in their order. */
export function* findJsonObjects(text: string): Generator<Record<string, unknown>> {
  if (text.length > maxSearched) return
  for (let from = text.indexOf('{'); from >= 0; ) {
    const to = endOfObject(text, from)
    if (to < 0) return
    const found = parse(text.slice(from, to))
    if (found) yield found
    from = text.indexOf('{', to)
  }
}

/** Position after the brace that closes the one at `from`; braces inside strings do not count. -1: it is never closed. */
function endOfObject(text: string, from: number): number {
  let depth = 0
  let inString = false
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at + 1
  }
  return -1
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
