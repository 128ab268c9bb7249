/** What the studio remembers beyond a draft: prompts used before, and who the person was told about. */
import * as v from 'valibot'
import { createStore } from 'zustand/vanilla'
import type { Model } from '../../../bff/contract/models.ts'
import { listOf } from '../../platform/shape.ts'
import { type Stop, stopAll } from '../../platform/stop.ts'
import { defineItem } from '../../platform/storage/items.ts'
import { remember } from '../prompt/recall.ts'

const promptsItem = defineItem<readonly string[]>({ key: 'prompts', fallback: [], shape: listOf(v.string()) })

/** One destination of pictures, as it was named to the person, and when. */
const AcknowledgedShape = v.object({
  maker: v.string(),
  country: v.nullable(v.string()),
  /** Milliseconds since 1970. */
  at: v.number(),
})
export type Acknowledged = v.InferOutput<typeof AcknowledgedShape>

const acknowledgedItem = defineItem<readonly Acknowledged[]>({
  key: 'acknowledged',
  fallback: [],
  shape: listOf(AcknowledgedShape),
})

/** Read once and then followed, because the Up key and the button cannot wait for storage. */
export const rememberedStore = createStore<{ prompts: readonly string[]; acknowledged: readonly Acknowledged[] }>(
  () => ({
    prompts: [],
    acknowledged: [],
  }),
)

export const startRemembering = async (): Promise<Stop> =>
  stopAll(
    await Promise.all([
      promptsItem.follow(prompts => rememberedStore.setState({ prompts })),
      acknowledgedItem.follow(acknowledged => rememberedStore.setState({ acknowledged })),
    ]),
  )

export const rememberPrompt = async (prompt: string) => promptsItem.set(remember(await promptsItem.get(), prompt))

type Destination = Pick<Model, 'maker' | 'country'>

/** The English name stands for the maker in either language. */
const isSame = (entry: Acknowledged, { maker, country }: Destination) =>
  entry.maker === maker.en && entry.country === country

export const isAcknowledgedFor = (entries: readonly Acknowledged[], destination: Destination) =>
  entries.some(entry => isSame(entry, destination))

/** Holds at once for this panel; a full storage only means that it is told again next time. */
export const acknowledge = async ({ maker, country }: Destination, now: number) => {
  const acknowledged = [...rememberedStore.getState().acknowledged, { maker: maker.en, country, at: now }]
  rememberedStore.setState({ acknowledged })
  await acknowledgedItem.set(acknowledged).catch(() => {})
}
