/** For what hangs only: far longer than anything under way takes, however busy the machine is. */
const hangsMs = 120_000
/** So many turns of the event loop are taken at once; whoever needs longer works elsewhere, and is left the processor. */
const quickTurns = 100
const restMs = 5
// Those of the process, also where a test stops its timers.
const { setTimeout, setImmediate } = globalThis

/** Resolves once `condition` holds. For what is under way already; never waits for time to pass. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = hangsMs): Promise<void> {
  const end = Date.now() + patienceMs
  for (let turn = 0; Date.now() < end; turn++) {
    if (await condition()) return
    await new Promise<void>(resolve => {
      if (turn < quickTurns) setImmediate(resolve)
      else setTimeout(resolve, restMs)
    })
  }
  throw new Error(`Did not happen: ${condition}`)
}
