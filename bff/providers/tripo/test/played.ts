import { toolsFor } from '../../index.ts'
import type { Played } from '../../test/played.ts'
import { tripo } from '../index.ts'
import { startFakeTripo } from './fake.ts'

export const played: Played = {
  model: 'tripo-3.1',
  paid: /image-to-model/,
  async start(key, now) {
    const server = await startFakeTripo({ key, now, models: ['v3.1-20260211'] })
    const provider = tripo.create({ key, baseUrl: server.baseUrl }, toolsFor(tripo, now))
    return { provider, server, play: server.playOnCreation }
  },
}
