import { ProblemError } from '../../contract/problems.ts'
import { maxPromptLength } from '../../contract/values.ts'

/** Control characters other than tab and line feed, and the bidi controls that make text read otherwise than it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

/** The prompt as it is stored and sent on: trimmed, NFC. Throws ProblemError when it is too long or not text. */
export function checkPrompt(prompt: string): string {
  if (!prompt.isWellFormed() || forbidden.test(prompt)) throw new ProblemError('prompt_invalid_text')
  // Composing makes text at most four times shorter; what is longer than that need not be composed to be refused.
  const text = prompt.length > 4 * maxPromptLength ? prompt : prompt.normalize('NFC').trim()
  if (isLonger(text, maxPromptLength)) throw new ProblemError('prompt_too_long', { max: maxPromptLength })
  return text
}

/** Counts code points, and stops at the limit. */
function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  let count = 0
  for (const _ of text) if (++count > limit) return true
  return false
}
