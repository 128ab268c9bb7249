import { patience } from '../pages/wait.ts'

/** Asks until the answer is yes, and gives that answer. Where nothing tells when a screen has changed, only asking helps. */
export async function until<T>(what: string, ask: () => Promise<T> | T): Promise<NonNullable<Exclude<T, false | ''>>> {
  const end = Date.now() + patience
  for (;;) {
    const answer = await ask()
    if (answer) return answer as NonNullable<Exclude<T, false | ''>>
    if (Date.now() > end) throw new Error(`Within ${patience / 1000} s this did not happen: ${what}.`)
    await new Promise(resolve => setTimeout(resolve, 30))
  }
}
