import { toolsFor } from '../../index.ts'
import { startOpenAiFake } from '../../openai-api/test/fake-images.ts'
import type { Played } from '../../test/played.ts'
import { openai } from '../index.ts'

export const played: Played = {
  model: 'gpt-image-2.6-flare',
  paid: /images/,
  async start(key, now) {
    const server = await startOpenAiFake({ key })
    const provider = openai.create({ key, baseUrl: `${server.url}/v1` }, toolsFor(openai, now))
    return { provider, server, play: server.play }
  },
}
