import { parseSync } from 'oxc-parser'

export interface Home {
  id: string
  file: string
  /** The title of the innermost test or group around the id, without ids; null outside of any. */
  title: string | null
  /** Where that test or group begins: two ids of one table of rows have one home. */
  at: number
}

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

const idPattern = /\[([PCI]\d+[a-z]?)\] ?/g

/** A title as the tables of proofs keep it. */
export const withoutIds = (title: string): string => title.replaceAll(idPattern, '').trim()

export const idsIn = (title: string): string[] => [...title.matchAll(idPattern)].map(([, id = '']) => id)

/** Every id in a title of a test file, with the test or group that carries it. Comments do not count. */
export function homesIn(file: string, source: string): Home[] {
  const homes: Home[] = []
  const seen = new Set<string>()

  function note(text: string, around: { title: string; at: number } | null): void {
    for (const id of idsIn(text)) {
      const home = { id, file, title: around?.title ?? null, at: around?.at ?? -1 }
      // The rows of one table may share their id.
      if (home.title === null || !seen.has(`${id} ${home.at}`)) homes.push(home)
      seen.add(`${id} ${home.at}`)
    }
  }

  function visit(value: unknown, around: { title: string; at: number } | null): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, around)
      return
    }
    if (typeof value !== 'object' || value === null || typeof (value as Node).type !== 'string') return
    const node = value as Node
    const title = titleOf(node, source)
    const inside = title === null ? around : { title: withoutIds(title), at: node.start }
    if (node.type === 'Literal' && typeof node.value === 'string') note(node.value, inside)
    else if (node.type === 'TemplateElement') note((node.value as { raw: string }).raw, inside)
    for (const child of Object.values(node)) visit(child, inside)
  }

  visit(parseSync(file, source).program, null)
  return homes
}

/** The title of `test('...', ...)`, `describe.each(...)('...', ...)` and the like; null of every other node. */
function titleOf(node: Node, source: string): string | null {
  if (node.type !== 'CallExpression') return null
  let callee = node.callee as Node
  while (callee.type !== 'Identifier') {
    if (callee.type === 'MemberExpression') callee = callee.object as Node
    else if (callee.type === 'CallExpression') callee = callee.callee as Node
    else return null
  }
  if (!['test', 'it', 'describe'].includes(String(callee.name))) return null
  const [first, second] = node.arguments as (Node | undefined)[]
  if (!first || !second) return null
  if (first.type === 'Literal' && typeof first.value === 'string') return first.value
  if (first.type === 'TemplateLiteral') return source.slice(first.start + 1, first.end - 1)
  return null
}
