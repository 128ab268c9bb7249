import { expect, test } from 'vitest'
import { ProblemError } from '../contract/problems.ts'
import { createMemoryBudget } from './memory-budget.ts'

const refused = new ProblemError('unavailable')

test('all people share one budget, and everybody has a share of it that nobody else can use up', () => {
  const budget = createMemoryBudget({ all: 100, perPerson: 60 })
  const [ada, alsoAda, bob] = [budget.open('ada'), budget.open('ada'), budget.open('bob')]
  ada.grow(40)
  expect(() => alsoAda.grow(21)).toThrow(refused)
  alsoAda.grow(20)
  expect(() => bob.grow(41)).toThrow(refused)
  bob.grow(40)
  ada.free()
  ada.free()
  alsoAda.grow(40)
  expect(() => alsoAda.grow(1)).toThrow(refused)
})

test('what comes after an allotment was freed is refused, not counted for ever', () => {
  const budget = createMemoryBudget({ all: 100, perPerson: 100 })
  const upload = budget.open('ada')
  upload.grow(10)
  upload.free()
  expect(() => upload.grow(10)).toThrow(refused)
  budget.open('ada').grow(100)
})
