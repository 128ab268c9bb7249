import { toolsFor } from '../../index.ts'
import type { Played } from '../../test/played.ts'
import { fal } from '../index.ts'
import { startFakeFal } from './fake.ts'

export const played: Played = {
  model: 'flux-2-pro',
  paid: /flux-2-pro/,
  async start(key, now) {
    const server = await startFakeFal({ key, now })
    return { provider: fal.create(server.access, toolsFor(fal, now)), server, play: server.play }
  },
}
