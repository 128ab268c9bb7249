import { ProblemError } from '../../contract/problems.ts'
import { firstNotText, maxPromptLength, withLineFeeds } from '../../contract/values.ts'

/**
 * The prompt as it is stored and sent on: trimmed, NFC, lines ended by a line feed. Throws ProblemError when it is too
 * long, or holds something that is no text; which, and where, is told.
 */
export function checkPrompt(given: string): string {
  const prompt = withLineFeeds(given)
  const wrong = firstNotText(prompt)
  if (wrong) throw new ProblemError('prompt_invalid_text', wrong)
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
