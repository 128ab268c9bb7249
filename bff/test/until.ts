/** Far longer than anything under way takes, even on a machine that is busy with all other tests. */
const patienceMs = 15_000

/** Lets the event loop turn until `condition` holds. For what is under way already; never waits for time to pass. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    if (await condition()) return
    await new Promise(resolve => setImmediate(resolve))
  }
  throw new Error(`Did not happen: ${condition}`)
}
