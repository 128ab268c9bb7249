/** All that a line of the log may have. */
const fields = ['level', 'at', 'reqId', 'method', 'route', 'status', 'ms', 'msg', 'err', 'reason']
const errorFields = ['type', 'code', 'stack']

/** What would give a person or a right away, by its shape alone: no list of what was planted can be forgotten. */
const shapes: Record<string, RegExp> = {
  'a token, code, state or cookie (256 bits)': /(?<![\w-])[\w-]{43}(?![\w-])/,
  'a signed or sealed token': /eyJ[\w-]{8,}/,
  'an e-mail address': /[\w.+-]+@[\w-]+\.[a-z]{2,}/i,
  'a bearer or cookie header': /bearer |__host-/i,
  'the id of a person or a thing': /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/,
  'a query': /\/[\w-]*\?[\w-]+=/,
}

/** What stands in these lines that may stand in no log. */
export function scanLog(lines: readonly string[]): string[] {
  return lines.flatMap(line => {
    const entry = JSON.parse(line) as Record<string, unknown>
    const { err, ...rest } = entry
    const unknown = [
      ...Object.keys(rest).filter(name => !fields.includes(name)),
      ...Object.keys((err as object | undefined) ?? {}).filter(name => !errorFields.includes(name)),
    ]
    const shown = Object.entries(shapes).filter(([, shape]) => shape.test(line))
    return [...unknown.map(name => `the field ${name}`), ...shown.map(([what]) => what)].map(what => `${what}: ${line}`)
  })
}
