import { toolsFor } from '../../index.ts'
import type { Played } from '../../test/played.ts'
import { gemini } from '../index.ts'
import { startFakeGemini } from './fake.ts'

const model = 'gemini-nano-banana-2.1'

export const played: Played = {
  model,
  paid: /generateContent/,
  async start(key, now) {
    const server = await startFakeGemini({ key, models: [model] })
    const provider = gemini.create({ key, baseUrl: server.baseUrl }, toolsFor(gemini, now))
    return { provider, server, play: server.play }
  },
}
