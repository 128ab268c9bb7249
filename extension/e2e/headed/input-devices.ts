import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { until } from '../pages/wait.ts'
import type { Point } from './screen.ts'

/** Mouse and keyboard of a display. What they do is what a user does: Chromium cannot tell the difference. */
export interface InputDevices {
  moveTo(point: Point): Promise<void>
  click(point: Point): Promise<void>
  rightClick(point: Point): Promise<void>
  type(text: string): Promise<void>
  /** Drags from one point to another, and lets go as soon as `arrived` says so. */
  drag(from: Point, to: Point, arrived: () => Promise<boolean>): Promise<void>
}

const run = promisify(execFile)

export function createInputDevices(env: NodeJS.ProcessEnv, browserPid: number): InputDevices {
  const xdotool = async (...words: (string | number)[]) =>
    (await run('xdotool', words.map(String), { env })).stdout.trim()

  /** Input goes to whatever lies under the pointer: nothing is touched unless every browser window here is our own. */
  const act = async (...words: (string | number)[]) => {
    const owners = await xdotool('search', '--onlyvisible', '--class', 'chrom', 'getwindowpid', '%@')
    const strangers = owners.split('\n').filter(pid => pid !== String(browserPid))
    if (strangers.length > 0) throw new Error(`Windows of other processes are on this display: ${strangers}.`)
    await xdotool(...words)
  }

  const to = ({ x, y }: Point) => ['mousemove', Math.round(x), Math.round(y)]

  return {
    moveTo: point => act(...to(point)),
    click: point => act(...to(point), 'click', 1),
    rightClick: point => act(...to(point), 'click', 3),
    type: text => act('type', '--delay', 5, text),
    async drag(from, target, arrived) {
      await act(...to(from), 'mousedown', 1)
      try {
        let step = 0
        // Chromium begins a drag after some way, and tells the page below only of moves: so the pointer never stands still.
        await until('the picture is over its goal', async () => {
          const way = Math.min(1, ++step / 8)
          const jitter = step % 2
          await act(...to({ x: from.x + (target.x - from.x) * way + jitter, y: from.y + (target.y - from.y) * way }))
          return way === 1 && arrived()
        })
      } finally {
        await act('mouseup', 1)
      }
    },
  }
}
