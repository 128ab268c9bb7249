import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { partNames } from '../../contract/values.ts'
import * as faults from '../../test/fakes/faults.ts'
import { png } from '../../test/fakes/files.ts'
import { control } from '../test/requests.ts'
import { blockedPrompt, candidate, pictureParts } from './test/fake.ts'
import { type Fixture, fault, image, openFixture, prompt, reading } from './test/fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await openFixture()
})
afterEach(async () => {
  await fixture.close()
  expect(fixture.fake.violations).toEqual([])
})

describe('what comes back', () => {
  test('the picture, byte for byte, and what it cost', async () => {
    const given = control()
    const answer = await fixture.call(image(), given)
    // 560 x 1.5 + (20 + 200) x 7.5 + 1120 x 30
    expect(answer).toEqual({ kind: 'files', files: [png()], usage: { microUsd: 36090 } })
    expect(given.admit).toHaveBeenCalledTimes(1)
    expect(fixture.fake.seen).toHaveLength(1)
  })

  test('two pictures for one: the last one; drafts among the thoughts are never results', async () => {
    const draft = { ...pictureParts(png(5))[0], thought: true }
    fixture.fake.answerWith(candidate('STOP', [draft, ...pictureParts(png(1), png(2))]))
    expect(await fixture.call()).toMatchObject({ files: [png(2)] })
    fixture.fake.answerWith(candidate('STOP', [draft]))
    expect(await fault(fixture.call())).toEqual({ kind: 'no_picture' })
  })

  test('usage that is missing is not guessed; usage that is nonsense counts as nothing', async () => {
    const { candidates } = candidate('STOP', pictureParts(png()))
    fixture.fake.answerWith({ candidates })
    expect(await fixture.call()).toMatchObject({ usage: { microUsd: null } })
    fixture.fake.play(
      faults.answers(200, {
        candidates,
        usageMetadata: { promptTokenCount: -5, candidatesTokenCount: 'NaN', thoughtsTokenCount: null },
      }),
    )
    expect(await fixture.call()).toMatchObject({ usage: { microUsd: 0 } })
  })

  test('a reading in both languages from one call', async () => {
    const parts = (subject: string) => ({ ...Object.fromEntries(partNames.map(name => [name, ''])), subject })
    const text = JSON.stringify({ en: parts('a fox'), ja: parts('狐') })
    fixture.fake.answerWith(
      candidate('STOP', [{ text: 'Hm.', thought: true }, { text: text.slice(0, 20) }, { text: text.slice(20) }]),
    )
    // 560 x 0.75 + (1140 + 200) x 3.75
    const usage = { microUsd: 5445 }
    expect(await fixture.call(reading())).toEqual({
      kind: 'reading',
      reading: { en: parts('a fox'), ja: parts('狐') },
      usage,
    })
    expect(fixture.fake.seen).toHaveLength(1)
  })

  test.each(['I cannot do that.', '', '{"en": {"subject": "cut'])('a reading that is none: %j', async text => {
    fixture.fake.answerWith(candidate('MAX_TOKENS', [{ text }]))
    expect(await fault(fixture.call(reading()))).toEqual({ kind: 'bad_answer' })
  })
})

describe('a refusal that comes as a success', () => {
  const rating = (name: string, probability = 'HIGH') => ({ category: `HARM_CATEGORY_${name}`, probability })

  test.each([
    ['SAFETY', [rating('HARASSMENT', 'LOW'), rating('SEXUALLY_EXPLICIT')], 'sexual'],
    ['SAFETY', [rating('DANGEROUS_CONTENT', 'MEDIUM'), rating('HATE_SPEECH', 'LOW')], 'violence'],
    ['SAFETY', [], 'other'],
    ['IMAGE_SAFETY', [], 'other'],
    ['PROHIBITED_CONTENT', [], 'other'],
    ['BLOCKLIST', [], 'other'],
    ['OTHER', [], 'other'],
    ['MODEL_ARMOR', [], 'other'],
    ['JAILBREAK', [], 'other'],
    ['BLOCK_REASON_UNSPECIFIED', [], 'other'],
  ])('of the prompt: %s %j', async (name, ratings, reason) => {
    fixture.fake.answerWith(blockedPrompt(name, ratings))
    for (const request of [image(), reading()])
      expect(await fault(fixture.call(request))).toEqual({ kind: 'blocked', stage: 'input', reason })
  })

  test.each([
    [
      'SAFETY',
      { safetyRatings: [rating('DANGEROUS_CONTENT'), { ...rating('HATE_SPEECH', 'LOW'), blocked: true }] },
      'hate',
    ],
    ['IMAGE_SAFETY', {}, 'other'],
    ['PROHIBITED_CONTENT', {}, 'other'],
    ['IMAGE_PROHIBITED_CONTENT', { finishMessage: prompt }, 'other'],
    ['BLOCKLIST', {}, 'other'],
    ['RECITATION', {}, 'rights'],
    ['IMAGE_RECITATION', {}, 'rights'],
    ['SPII', {}, 'person'],
  ])('of the result: %s', async (name, rest, reason) => {
    fixture.fake.answerWith(candidate(name, undefined, rest))
    for (const request of [image(), reading()])
      expect(await fault(fixture.call(request))).toEqual({ kind: 'blocked', stage: 'output', reason })
  })

  test.each(['NO_IMAGE', 'IMAGE_OTHER', 'OTHER', 'LANGUAGE', 'MAX_TOKENS', 'STOP', 'FINISH_REASON_UNSPECIFIED'])(
    'no picture and no rule broken: %s',
    async name => {
      fixture.fake.answerWith(candidate(name, [{ text: 'I would rather talk.' }]))
      expect(await fault(fixture.call())).toEqual({ kind: 'no_picture' })
    },
  )

  test('empty data, no candidates, an empty answer: no picture', async () => {
    fixture.fake.answerWith(candidate('STOP', [{ inlineData: { mimeType: 'image/png', data: '' } }]))
    expect(await fault(fixture.call())).toEqual({ kind: 'no_picture' })
    for (const empty of [{ candidates: [] }, {}]) {
      fixture.fake.answerWith(empty)
      expect(await fault(fixture.call())).toEqual({ kind: 'no_picture' })
    }
  })
})
