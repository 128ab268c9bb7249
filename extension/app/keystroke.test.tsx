// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Profiler, type ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { account } from '../account/store.ts'
import { modelsStore } from '../catalogue/catalogue.ts'
import { model } from '../catalogue/test/model.ts'
import { installFakeChrome } from '../platform/test/fake-chrome.ts'
import { ResultsFeed } from '../results/feed/results-feed.tsx'
import { SourcesSection } from '../sources/sources-section.tsx'
import { sourcesStore } from '../sources/store.ts'
import { slot } from '../sources/test/slot.ts'
import { ModelChoice } from '../studio/models/model-choice.tsx'
import { MakeChoice } from '../studio/options/make-choice.tsx'
import { MoreOptions } from '../studio/options/more-options.tsx'
import { ShapeChoice } from '../studio/options/shape-choice.tsx'
import { noChoices, optionsFor } from '../studio/order/choices.ts'
import { orderStore } from '../studio/order/current.ts'
import { GenerateBar } from '../studio/press/generate-bar.tsx'
import { MakingProblem } from '../studio/press/making-problem.tsx'
import { PromptSection } from '../studio/prompt/prompt-section.tsx'
import { ReadBar } from '../studio/reading/read-bar.tsx'
import { ReadSlot } from '../studio/reading/read-slot.tsx'
import { studioStore } from '../studio/store.ts'
import { Header } from './header.tsx'

vi.mock('../platform/api/api.ts', () => ({ api: {} }))

const reader = { ...model, id: 'reader', kind: 'reading' } as const
const list = [...Array.from({ length: 14 }, (_, at) => ({ ...model, id: `model-${at}` })), reader]

/** Everything on the Make screen that could be drawn anew. */
const parts: Record<string, ReactNode> = {
  header: <Header />,
  sources: <SourcesSection model={model} note={null} refused={null} actions={id => <ReadSlot slotId={id} />} />,
  prompt: <PromptSection />,
  reading: <ReadBar />,
  models: <ModelChoice />,
  shape: <ShapeChoice model={model} aspect="source" />,
  make: <MakeChoice model={model} options={optionsFor(model, noChoices)} />,
  more: <MoreOptions model={model} />,
  problem: <MakingProblem topic="press" />,
  results: <ResultsFeed />,
  generate: <GenerateBar />,
}

const drawn = new Set<string>()

beforeEach(() => {
  installFakeChrome()
  modelsStore.setState({ list })
  sourcesStore.setState({ slots: ['a', 'b', 'c'].map(id => slot(id)) })
  account.setState({ status: 'signed-in', balance: { available: 50, free: 50, paid: 0, held: 0 } })
  studioStore.setState({ ...noChoices, prompt: 'boa' }, true)
  render(
    Object.entries(parts).map(([name, part]) => (
      <Profiler key={name} id={name} onRender={() => drawn.add(name)}>
        {part}
      </Profiler>
    )),
  )
  drawn.clear()
})
afterEach(cleanup)

const field = () => screen.getByPlaceholderText<HTMLTextAreaElement>(/What should it become/)

test('a keystroke draws the words anew, and nothing else', async () => {
  await userEvent.type(field(), 't')
  expect(orderStore.getState()?.prompt).toBe('boat')
  expect([...drawn]).toEqual(['prompt'])
})

test('a chosen size draws its price wherever it stands, and no words', () => {
  act(() => studioStore.setState({ size: '4K' }))
  expect([...drawn].toSorted()).toEqual(['generate', 'header', 'models'])
})

test('the balance draws the header alone while it is enough', () => {
  act(() => account.setState({ balance: { available: 49, free: 49, paid: 0, held: 0 } }))
  expect([...drawn]).toEqual(['header'])
})
