/**
 * Small faults for one source file, as text edits: what a tired person could have written instead. A test suite is worth
 * as much as the share of them that it notices.
 */
import { parseSync } from 'oxc-parser'

export interface Mutant {
  /** Where the fault stands, and what stands there instead. */
  start: number
  end: number
  replacement: string
  /** `hold === null -> hold !== null`, on one line. */
  change: string
  line: number
  /** Where the running code can be seen to come by: the start of the enclosing statement or arrow body. */
  reach: Reach
}

interface Reach {
  /** Of the file itself: runs when it is loaded, which tests that share their modules do only once. */
  kind: 'file' | 'statement' | 'expression'
  start: number
  end: number
}

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

const comparisons: Record<string, string> = {
  '===': '!==',
  '!==': '===',
  '==': '!=',
  '!=': '==',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
}
const arithmetic: Record<string, string> = { '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' }
/** Kysely takes these as text. */
const sqlComparisons: Record<string, string> = {
  ...comparisons,
  '=': '!=',
  '!=': '=',
  is: 'is not',
  'is not': 'is',
  in: 'not in',
}
const assignments: Record<string, string> = { '+=': '-=', '-=': '+=', '??=': '=', '||=': '&&=', '&&=': '||=' }
/** Calls in a chain that narrow, order or shape what the rest of the chain gives. */
const removable = new Set(
  [
    'where',
    'whereRef',
    'having',
    'orderBy',
    'limit',
    'offset',
    'distinct',
    'onConflict',
    'filter',
    'slice',
    'sort',
    'toSorted',
  ].concat([
    'toReversed',
    'reverse',
    'trim',
    'toLowerCase',
    'toUpperCase',
    'normalize',
    'flat',
    'replace',
    'replaceAll',
  ]),
)
const twins: Record<string, string> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

/** All mutants of a file, in the order of the text. Types, imports and texts of errors stay as they are. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const mutants: Mutant[] = []
  const text = (node: Node) => source.slice(node.start, node.end)
  let reach: Reach = { kind: 'file', start: 0, end: 0 }

  function add(node: { start: number; end: number }, replacement: string, shown = node): void {
    const before = source.slice(shown.start, shown.end)
    const after = source.slice(shown.start, node.start) + replacement + source.slice(node.end, shown.end)
    const line = source.slice(0, node.start).split('\n').length
    mutants.push({ ...node, replacement, change: `${short(before)} -> ${short(after)}`, line, reach })
  }

  const replace = (node: Node, replacement: string, shown: Node = node) =>
    add({ start: node.start, end: node.end }, replacement, { start: shown.start, end: shown.end })

  /** The operator between two operands. */
  function replaceOperator(node: Node, operator: string): void {
    const { left, right } = node as unknown as { left: Node; right: Node }
    const start = source.indexOf(String(node.operator), left.end)
    if (start < right.start)
      add({ start, end: start + String(node.operator).length }, operator, { start: node.start, end: node.end })
  }

  const isText = (node: Node) =>
    node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')

  function mutate(node: Node, parent: Node, key: string): void {
    switch (node.type) {
      case 'BinaryExpression': {
        const operator = String(node.operator)
        const isJoin = operator === '+' && (isText(node.left as Node) || isText(node.right as Node))
        const other = comparisons[operator] ?? (isJoin ? undefined : arithmetic[operator])
        if (other) replaceOperator(node, other)
        break
      }
      case 'LogicalExpression':
        if (node.operator === '??') replace(node, text(node.left as Node))
        else replaceOperator(node, node.operator === '&&' ? '||' : '&&')
        break
      case 'UnaryExpression':
        if (node.operator === '!' || node.operator === '-') replace(node, text(node.argument as Node))
        break
      case 'AssignmentExpression': {
        const other = assignments[String(node.operator)]
        if (other) replaceOperator(node, other)
        break
      }
      case 'UpdateExpression': {
        const operator = String(node.operator)
        replace(node, text(node).replace(operator, operator === '++' ? '--' : '++'))
        break
      }
      case 'IfStatement':
      case 'ConditionalExpression':
        replace(node.test as Node, 'true')
        replace(node.test as Node, 'false')
        break
      case 'WhileStatement':
        replace(node.test as Node, 'false')
        break
      case 'Literal':
        mutateLiteral(node, parent, key)
        break
      case 'TemplateLiteral':
        if (parent.type !== 'TaggedTemplateExpression' && text(node).length > 2) replace(node, '``')
        break
      case 'ArrayExpression':
        if ((node.elements as unknown[]).length > 0) replace(node, '[]')
        break
      case 'CallExpression':
        mutateCall(node)
        break
      case 'ExpressionStatement':
        if (isEffect(node.expression as Node)) replace(node, ';')
        break
      case 'ThrowStatement':
        replace(node, ';')
        break
    }
  }

  function mutateLiteral(node: Node, parent: Node, key: string): void {
    if (key === 'key' && !parent.computed) return
    if (typeof node.value === 'boolean') replace(node, String(!node.value))
    else if (typeof node.value === 'number') replace(node, `(${text(node)} + 1)`)
    else if (typeof node.value === 'string') {
      const operator = sqlComparisons[node.value]
      if (operator) replace(node, `'${operator}'`)
      else if (node.value !== '' && !isSentence(node.value)) replace(node, parent.type === 'JSXAttribute' ? '""' : "''")
    }
  }

  function mutateCall(node: Node): void {
    const callee = node.callee as Node
    if (callee.type !== 'MemberExpression' || callee.computed) return
    const property = callee.property as Node
    const name = String(property.name)
    const twin = twins[name]
    if (twin) replace(property, twin, node)
    if (removable.has(name)) {
      const object = callee.object as Node
      add({ start: object.end, end: node.end }, '', { start: node.start, end: node.end })
    }
  }

  function visit(node: Node, parent: Node, key: string): void {
    if (/^(Import|ExportAll)/.test(node.type) || node.directive) return
    const outer = reach
    const inBlock = ['BlockStatement', 'StaticBlock', 'SwitchCase'].includes(parent.type) && key !== 'test'
    if (inBlock && node.type !== 'FunctionDeclaration')
      reach = { kind: 'statement', start: node.start, end: node.start }
    if (parent.type === 'ArrowFunctionExpression' && key === 'body' && node.type !== 'BlockStatement')
      reach = { kind: 'expression', start: node.start, end: node.end }
    visitInside(node, parent, key)
    reach = outer
  }

  function visitInside(node: Node, parent: Node, key: string): void {
    if (node.type.startsWith('TS')) {
      const inner = node.expression
      if (/^TS(As|Satisfies|NonNull|Instantiation)/.test(node.type) && isNode(inner)) visitInside(inner, parent, key)
      return
    }
    mutate(node, parent, key)
    for (const [childKey, value] of Object.entries(node)) {
      if (['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'superTypeArguments'].includes(childKey))
        continue
      if (childKey === 'arguments' && makesError(node)) continue
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, node, childKey)
    }
  }

  const makesError = (node: Node) => node.type === 'NewExpression' && /Error$/.test(text(node.callee as Node))

  for (const statement of program.body as unknown as Node[]) visit(statement, program as unknown as Node, 'body')
  return mutants.toSorted((a, b) => a.start - b.start || a.end - b.end)
}

/** What only a person reads is compared by no test, and need not be. */
const isSentence = (text: string) => /^\S+ .*[.!?]$/s.test(text)

function isEffect(node: Node): boolean {
  const inner = node.type === 'AwaitExpression' || node.type === 'UnaryExpression' ? (node.argument as Node) : node
  return ['CallExpression', 'AssignmentExpression', 'ChainExpression', 'UnaryExpression'].includes(inner.type)
}

function short(code: string): string {
  const line = code.replace(/\s+/g, ' ')
  return line.length > 70 ? `${line.slice(0, 34)} … ${line.slice(-34)}` : line
}

export const applied = (source: string, { start, end, replacement }: Mutant): string =>
  source.slice(0, start) + replacement + source.slice(end)

/** The file as it is, except that it calls `note` with the start of each place where one of the mutants is reached. */
export function withReachNoted(source: string, mutants: Mutant[], note: (start: number) => string): string {
  const places = new Map(mutants.map(({ reach }) => [`${reach.kind} ${reach.start}`, reach]))
  const edits = [...places.values()].flatMap(({ kind, start, end }) => {
    if (kind === 'file') return []
    return kind === 'statement'
      ? [{ at: start, text: `;${note(start)};` }]
      : [
          { at: start, text: `(${note(start)},` },
          { at: end, text: ')' },
        ]
  })
  return edits
    .toSorted((a, b) => b.at - a.at)
    .reduce((noted, { at, text }) => noted.slice(0, at) + text + noted.slice(at), source)
}
