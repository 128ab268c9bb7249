const warmUpMs = 5000
const measuredMs = 10_000

export interface Measured {
  /** Median time of a call, in milliseconds. */
  ms: number
  /** Processor time of a call in the process that was called, in milliseconds. */
  cpu: number
}

/** So many calls a second, however long each takes. `use` is the processor time used so far, in milliseconds. */
export async function atRate(
  rate: number,
  use: () => number,
  call: (index: number) => Promise<number>,
): Promise<Measured> {
  let started = 0
  const during = async (ms: number) => {
    const calls: Promise<number>[] = []
    const begin = performance.now()
    while (performance.now() - begin < ms) {
      while (calls.length < ((performance.now() - begin) * rate) / 1000) calls.push(call(started++))
      await new Promise(resolve => setTimeout(resolve, 1))
    }
    return Promise.all(calls)
  }
  await during(warmUpMs)
  const before = use()
  const times = await during(measuredMs)
  return { ms: median(times), cpu: Math.max(use() - before, 1) / times.length }
}

export const median = (values: number[]) =>
  values.toSorted((one, two) => one - two)[Math.floor(values.length / 2)] ?? Number.NaN
