import { expect, test } from 'vitest'
import { problems } from '../../bff/contract/problems.ts'
import { ApiProblem, type ApiProblemCode } from '../platform/api/problem.ts'
import { messages } from '../platform/i18n/translate.ts'
import { problemText } from './problem-text.ts'

const localCodes = ['offline', 'unreachable', 'bad_answer', 'sign_in_closed']
const codes = [...Object.keys(problems), ...localCodes]

test.each(['en', 'ja'] as const)('every code of the contract has its sentence, and no other: %s', language => {
  expect(Object.keys(messages[language].problems).sort()).toEqual(codes.sort())
})

test.each(['en', 'ja'] as const)('no sentence shows a code or a raw name: %s', language => {
  for (const [code, sentence] of Object.entries(messages[language].problems)) {
    expect(sentence, code).not.toMatch(/_|HTTP|\b[45]\d\d\b/)
    expect(sentence, code).toMatch(language === 'en' ? /^[A-Z{].*\.$/ : /。$/)
  }
})

test('a code that only a newer backend knows gets the general sentence', () => {
  const newer = new ApiProblem('teapot' as ApiProblemCode, 418)
  expect(problemText(newer)).toBe(messages.en.problems.internal)
})

test('the numbers of a refusal stand in its sentence', () => {
  expect(problemText(new ApiProblem('insufficient_credits', 402, { have: 4, need: 1007 }))).toContain(
    'You have 4 credits; this needs 1,007.',
  )
})

test('times are said as a clock says them', () => {
  const until = new Date(2026, 10, 21, 20, 33).getTime()
  expect(problemText(new ApiProblem('provider_resting', 503, { until }))).toMatch(/asked again at 8:33\sPM\./)
})

test('a refusal by a model’s rules names its likely cause, as far as the maker told', () => {
  const { results, problems: sentences } = messages.en
  expect(problemText('blocked', { stage: 'input', reason: 'other' })).toBe(sentences.blocked)
  expect(problemText('blocked', { stage: 'input', reason: 'rights' })).toContain(results['blocked.cause.rights'])
  expect(problemText('blocked', { stage: 'output', reason: 'newer' })).toBe(results['blocked.output'])
})
