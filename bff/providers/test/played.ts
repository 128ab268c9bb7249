import type { Clock } from '../../test/clock.ts'
import type { Fault, SeenRequest } from '../../test/fakes/server.ts'
import { descriptors } from '../index.ts'
import type { Provider } from '../provider.ts'

/** A provider that reaches its own server on this machine. Each folder with hosts exports one from test/played.ts. */
export interface Played {
  /** The model of its catalogue that is ordered. */
  model: string
  /** Path of the request that is paid for. */
  paid: RegExp
  start(
    key: string,
    now: Clock['now'],
  ): Promise<{
    provider: Provider
    server: { seen: SeenRequest[]; close(): Promise<unknown> }
    /** Plays the fault where the job is paid. */
    play(fault: Fault): void
  }>
}

/** All of them: a new provider is among them by being in the list. */
export const everyPlayed: readonly Played[] = await Promise.all(
  descriptors
    .filter(({ hosts, catalogue }) => hosts.length > 0 && catalogue)
    .map(async ({ catalogue }) => (await import(new URL('test/played.ts', catalogue!).href)).played as Played),
)
