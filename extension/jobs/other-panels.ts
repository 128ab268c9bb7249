import type { Picture } from '../../bff/contract/library.ts'
import type { Results } from './mirror.ts'
import { withoutPicture, withPicture } from './state.ts'

/** A picture as it is after a change made in one panel; null when it was deleted. */
interface PictureChange {
  id: string
  picture: Picture | null
}

const channelName = 'results-1'

/** Changes of pictures raise no event at the backend; panels in other windows hear of them here. */
export function createOtherPanels(results: Results) {
  let channel: BroadcastChannel | undefined

  return {
    listen(): () => void {
      const opened = new BroadcastChannel(channelName)
      opened.onmessage = ({ data }: MessageEvent<PictureChange>) =>
        results.receive(data, (state, { id, picture }, time) =>
          picture ? withPicture(state, picture, time) : withoutPicture(state, id, time),
        )
      channel = opened
      return () => {
        opened.close()
        if (channel === opened) channel = undefined
      }
    },
    tell: (change: PictureChange): void => channel?.postMessage(change),
  }
}
