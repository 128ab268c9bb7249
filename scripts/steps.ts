/** `npm test`: runs commands of package.json one after the other until one fails, and says how long each took. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const names = process.argv.slice(2)
const took: string[] = []
const began = performance.now()
for (const name of names) {
  console.log(`\n== ${name}`)
  const [passed, time] = await timed(() => run(name))
  took.push(`${name} ${time}`)
  console.log(`== ${name} ${passed ? 'passed' : 'failed'} after ${time}`)
  if (passed) continue
  process.exitCode = 1
  break
}
console.log(`\n${took.join(', ')}; together ${duration(performance.now() - began)}`)

async function run(name: string): Promise<boolean> {
  const child = spawn('npm', ['run', '--silent', name], { stdio: 'inherit' })
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  process.once('SIGTERM', pass)
  const [code] = await once(child, 'exit')
  process.removeListener('SIGTERM', pass)
  return code === 0
}

async function timed<T>(work: () => Promise<T>): Promise<[T, string]> {
  const start = performance.now()
  const value = await work()
  return [value, duration(performance.now() - start)]
}

/** "41 s", "7 min 5 s" */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
