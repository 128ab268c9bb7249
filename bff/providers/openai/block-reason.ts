import type { BlockReason } from '../provider-error.ts'

/** OpenAI's names of what its rules found, the gravest first: one reason is told. */
const reasons: readonly (readonly [name: RegExp, reason: BlockReason])[] = [
  [/minor|child/, 'minors'],
  [/sex|nud/, 'sexual'],
  [/self.?harm|suicide/, 'self_harm'],
  [/violen|gore|weapon/, 'violence'],
  [/hate|harass|extrem/, 'hate'],
  [/likeness|public.?figure|person|celebrit/, 'person'],
  [/copyright|trademark|similarity|intellectual/, 'rights'],
]

/** The reason that the names of categories give. */
export function blockReason(categories: readonly string[]): BlockReason {
  const names = categories.join(' ').toLowerCase()
  return reasons.find(([name]) => name.test(names))?.[1] ?? 'other'
}
