import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { installFakeChrome } from '../../platform/test/fake-chrome.ts'
import { noEdits } from '../../sources/edit/edits.ts'
import type { Slot } from '../../sources/slots/slot.ts'
import { noChoices } from '../order/choices.ts'
import { emptyParts, withLock, withOwnWords } from '../prompt/parts/parts.ts'
import { adoptDraft, chooseDraft } from './adopt-draft.ts'
import { type Draft, emptyDraft, noIntents, readDraft, drafts as storedDrafts } from './draft.ts'
import { createKeeper } from './keeper.ts'

const slot = (id: string): Slot => ({
  id,
  role: 'subject',
  weight: 70,
  locked: false,
  name: 'Cat',
  origin: { kind: 'page', tabId: 1, frame: 'f', pictureId: 2 },
  state: { kind: 'ready', width: 30, height: 40, bytes: 5, animated: false },
  edits: noEdits,
})

const draft = (prompt: string, at: number, slots: Slot[] = []): Draft => ({
  choices: { ...noChoices, prompt },
  slots,
  intents: noIntents,
  awaited: null,
  at,
})

describe('a stored draft', () => {
  test('is read back as it was written', () => {
    const full: Draft = {
      choices: {
        prompt: 'a boat',
        parts: withLock(withOwnWords(emptyParts, { style: 'ink' }), 'style', true),
        view: 'parts',
        textOfParts: 'a boat',
        language: 'ja',
        modelId: 'm',
        readerId: 'r',
        aspect: '3:4',
        size: '2K',
        quality: 'high',
        count: 3,
        transparent: true,
        seed: 7,
      },
      slots: [
        { ...slot('a'), edits: { crop: { x: 1, y: 2, width: 20, height: 30 }, blurs: [] } },
        { ...slot('b'), locked: true, origin: { kind: 'menu' }, state: { kind: 'failed', reason: 'gone' } },
      ],
      intents: { making: { key: 'k', fingerprint: 'f', at: 1 }, reading: { key: 'r', fingerprint: 'g', at: 2 } },
      awaited: 'job',
      at: 9,
    }
    expect(readDraft(JSON.parse(JSON.stringify(full)))).toEqual(full)
  })

  test('of the version before parts is taken up as it was, also an unanswered press', async () => {
    const old = {
      choices: { prompt: 'a boat', modelId: 'm', aspect: '3:4', size: '2K', seed: 7 },
      slots: [slot('a')],
      at: 9,
    }
    const intent = { key: 'k', fingerprint: 'f', at: 1 }
    installFakeChrome()
    await chrome.storage.local.set({ 'draft.4': { version: 1, value: { ...old, intent } } })
    expect(await storedDrafts.item('4').get()).toEqual({
      ...old,
      choices: { ...noChoices, ...old.choices },
      intents: { making: intent, reading: null },
      awaited: null,
    })
  })

  test('loses only what is damaged', () => {
    const damaged = {
      choices: { prompt: 'kept', seed: -4 },
      slots: [slot('a'), { id: 'b' }, null],
      intents: { making: { key: 3 } },
    }
    expect(readDraft(damaged)).toMatchObject({
      choices: { prompt: 'kept', seed: null },
      slots: [{ id: 'a' }],
      intents: noIntents,
    })
  })

  test('from before slots could be locked has none locked', () => {
    const { locked: _, ...earlier } = slot('a')
    expect(readDraft({ slots: [earlier] })?.slots[0]?.locked).toBe(false)
  })

  test('does not send what was hidden when it can no longer tell what that was', () => {
    const beyond = { crop: { x: 1, y: 2, width: 300, height: 30 }, blurs: [] }
    expect(readDraft({ slots: [{ ...slot('a'), edits: beyond }] })?.slots[0]?.state).toEqual({
      kind: 'failed',
      reason: 'not_kept',
    })
  })

  test('keeps the parts that are not damaged', () => {
    const parts = withLock(withOwnWords(emptyParts, { light: 'dusk' }), 'light', true)
    const read = (stored: unknown) => readDraft({ choices: { parts: stored } })?.choices.parts
    expect(read({ ...parts, subject: 4, style: { en: 1, ja: '墨絵' }, more: 1 })).toEqual({
      ...parts,
      style: { en: '', ja: '墨絵', locked: false },
    })
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(read(read(value))).toEqual(read(value))
      }),
    )
  })

  test('whatever lies there never breaks the panel', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const read = readDraft(value)
        if (read) expect(readDraft(JSON.parse(JSON.stringify(read)))).toEqual(read)
      }),
    )
  })

  test('a picture whose reading the closing cut short asks to be picked again', () => {
    const stored = { slots: [{ ...slot('a'), state: { kind: 'loading' } }] }
    expect(readDraft(stored)?.slots[0]?.state).toEqual({ kind: 'failed', reason: 'interrupted' })
  })
})

describe('the draft of a window', () => {
  const choose = (windowId: string, stored: Record<string, Draft>, open: string[] = [windowId]) =>
    chooseDraft({ windowId, stored: new Map(Object.entries(stored)), openWindows: new Set(open) })

  test('is its own', () => {
    const stored = { '1': draft('mine', 1), '2': draft('newer, closed', 5) }
    expect(choose('1', stored)).toEqual({ from: '1', forget: [] })
  })

  test('or the newest of a window that no longer exists', () => {
    const stored = { '2': draft('old', 1), '3': draft('newest', 9), '4': draft('open', 99) }
    expect(choose('1', stored, ['1', '4'])).toEqual({ from: '3', forget: [] })
  })

  test('or an empty one; empty drafts of closed windows are cleared away', () => {
    expect(choose('1', { '2': draft('', 4), '4': draft('open', 9) }, ['1', '4'])).toEqual({ from: null, forget: ['2'] })
  })

  test('few wait for later', () => {
    const stored = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i + 10}`, draft(`p${i}`, i)]))
    expect(choose('1', stored)).toEqual({ from: '18', forget: ['10', '11', '12'] })
  })
})

/** chrome.storage in a Map, as the family of drafts sees it. */
const memoryDrafts = (initial: Record<string, Draft>) => {
  const stored = new Map(Object.entries(initial))
  return {
    stored,
    drafts: {
      ids: async () => [...stored.keys()],
      item: (id: string) => ({
        get: async () => stored.get(id) ?? emptyDraft,
        set: async (value: Draft) => void stored.set(id, value),
        remove: async () => void stored.delete(id),
        watch: () => () => {},
        follow: async () => () => {},
      }),
    },
  }
}

describe('taking up a draft', () => {
  const lock = () => {
    let last: Promise<unknown> = Promise.resolve()
    return <T>(run: () => Promise<T>): Promise<T> => {
      const turn = last.then(run)
      last = turn
      return turn
    }
  }

  test('moves the one of a closed window here, with its pictures', async () => {
    const { stored, drafts } = memoryDrafts({ '7': draft('left behind', 3, [slot('a')]) })
    const sweep = vi.fn(async (_isKnown: (id: string) => boolean) => {})
    const taken = await adoptDraft({ drafts, windowId: 1, openWindows: async () => [1], exclusively: lock(), sweep })
    expect(taken.choices.prompt).toBe('left behind')
    expect([...stored.keys()]).toEqual(['1'])
    const isKnown = sweep.mock.calls[0]?.[0]
    expect([isKnown?.('a'), isKnown?.('orphan')]).toEqual([true, false])
  })

  test('two panels that open together do not take the same one', async () => {
    const { drafts } = memoryDrafts({ '7': draft('left behind', 3) })
    const exclusively = lock()
    const open = (windowId: number) =>
      adoptDraft({ drafts, windowId, openWindows: async () => [1, 2], exclusively, sweep: async () => {} })
    const prompts = (await Promise.all([open(1), open(2)])).map(({ choices }) => choices.prompt)
    expect(prompts).toEqual(['left behind', ''])
  })
})

describe('keeping a draft', () => {
  const keep = (set: (value: Draft) => Promise<void>) => {
    let prompt = ''
    const notKept = vi.fn()
    const write = vi.fn(set)
    const keeper = createKeeper({
      item: {
        get: async () => emptyDraft,
        set: write,
        remove: async () => {},
        watch: () => () => {},
        follow: async () => () => {},
      },
      current: () => ({ choices: { ...noChoices, prompt }, slots: [], awaited: null }),
      intents: noIntents,
      now: () => 42,
      notKept,
    })
    const type = (text: string) => {
      prompt = text
      keeper.changed()
    }
    const written = () => write.mock.calls.map(([value]) => value.choices.prompt)
    return { keeper, type, written, notKept }
  }

  test('sends every change off at once: what a closing panel shows waits for no earlier write', () => {
    const { type, written } = keep(() => new Promise(() => {}))
    for (const text of ['b', 'bo', 'boat']) type(text)
    expect(written()).toEqual(['b', 'bo', 'boat'])
  })

  test('[C93a] a full storage is told, and the press goes on', async () => {
    const { keeper, notKept } = keep(() => Promise.reject(new Error('quota')))
    const intent = { key: 'k', fingerprint: 'f', at: 1 }
    await keeper.intentOf('making').keep(intent)
    expect(notKept).toHaveBeenCalledOnce()
    expect(await keeper.intentOf('making').current()).toEqual(intent)
  })
})
