import { expect, test } from 'vitest'
import { translate } from '../platform/i18n/translate.ts'
import { type Stage, stageMessage, stageOf, wholeSeconds } from './progress.ts'

const job = { state: 'queued', ahead: 0, startedAt: null, createdAt: 1_000, usualMs: 14_000 } as const

test('sent, then queued with its place, then drawing with its time, then saving', () => {
  expect(stageOf(job, 2_000)).toEqual({ name: 'sent' })
  expect(stageOf({ ...job, ahead: 2 }, 2_000)).toEqual({ name: 'queued', ahead: 2 })
  for (const state of ['calling', 'submitted'] as const)
    expect(stageOf({ ...job, state, startedAt: 3_000 }, 11_000)).toEqual({
      name: 'drawing',
      elapsedMs: 8_000,
      isLate: false,
    })
  expect(stageOf({ ...job, state: 'storing' }, 2_000)).toEqual({ name: 'saving' })
})

test('a job far over its usual time says so, and a clock that is behind never shows less than nothing', () => {
  expect(stageOf({ ...job, state: 'calling', startedAt: 0 }, 22_000)).toMatchObject({ isLate: true })
  expect(stageOf({ ...job, state: 'calling', startedAt: 5_000 }, 1_000)).toMatchObject({ elapsedMs: 0 })
})

test('seconds are whole and at least one', () => {
  expect([0, 400, 1_600, 61_000].map(wholeSeconds)).toEqual([1, 1, 2, 61])
})

test('each stage has its words in both languages', () => {
  const stages: Stage[] = [
    { name: 'sent' },
    { name: 'queued', ahead: 2 },
    { name: 'drawing', elapsedMs: 8_000, isLate: false },
    { name: 'saving' },
  ]
  const words = (language: 'en' | 'ja') => stages.map(stage => translate(language, ...stageMessage(stage)))
  expect(words('en')).toEqual(['Sent', 'Queued · 2 ahead', 'Making · 8 s', 'Saving'])
  expect(words('ja')).toEqual(['送信済み', '順番待ち · 前に2件', '作成中 · 8秒', '保存中'])
})
