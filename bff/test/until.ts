/** Lets the event loop turn until `condition` holds. For what is under way already; never waits for time to pass. */
export async function until(condition: () => boolean | Promise<boolean>, turns = 20_000): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    if (await condition()) return
    await new Promise(resolve => setImmediate(resolve))
  }
  throw new Error(`Did not happen: ${condition}`)
}
