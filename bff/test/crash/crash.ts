/**
 * `npm run test:crash`: kills the real backend (SIGKILL) again and again under load, at random moments, start included,
 * and inspects its files after each restart. Ends with the counts, and with exit code 1 if anything is broken. It counts
 * work and not seconds: a slow machine takes longer over the same.
 *
 *   KILLS=40 SEED=7 npm run test:crash
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { freePort } from '../../../scripts/ports.ts'
import { seededRandom } from '../random.ts'
import { inspect } from './inspect.ts'
import { startLoad, type Told } from './load.ts'
import { startProviders } from './providers.ts'
import { pause, startVictim, untilDone } from './victim.ts'

const kills = Number(process.env.KILLS ?? 40)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const clients = 8
const random = seededRandom(seed)
const between = (min: number, max: number) => min + Math.floor(random() * (max - min))

const providers = await startProviders()
const dataDir = mkdtempSync(join(tmpdir(), 'mimicit-crash-'))
const env = {
  PORT: String(await freePort()),
  DATA_DIR: dataDir,
  FREE_CREDITS: '1000000',
  RATE_PER_MINUTE: '10000000',
  LOCAL_THREADS: '2',
  LOG_LEVEL: 'fatal',
  ...providers.env,
}
const picture = new Uint8Array(
  await sharp({ create: { width: 48, height: 32, channels: 3, background: '#c93a22' } })
    .png()
    .toBuffer(),
)
const told: Told = { jobs: new Map(), done: new Map(), answers: 0 }
const problems: string[] = []
const started = Date.now()

console.log(`crash loop: ${kills} kills, seed ${seed}`)
const backend = await startVictim(env)

for (let kill = 1; kill <= kills; kill++) {
  const load = startLoad(backend.origin, await backend.accessToken(), picture, told, clients)
  // Some results, and then any moment of the work on others.
  const results = told.done.size + between(0, 4)
  await untilDone(() => told.done.size >= results)
  const answers = told.answers + between(0, 60)
  await untilDone(() => told.answers >= answers)
  await pause(between(0, 20))
  await Promise.all([backend.kill(), load.stop()])
  if (random() < 0.2) await backend.killWhileStarting(random())
  await backend.restart()
  const broken = inspect(dataDir, join(dataDir, 'mimicit.db'))
  problems.push(...broken.map(text => `kill ${kill}: ${text}`))
}

const lost = await lostResults()
await backend.stop()
problems.push(...inspect(dataDir, join(dataDir, 'mimicit.db')).map(text => `at the end: ${text}`))
await providers.close()
const { paid, twice } = providers.calls()
problems.push(...twice.map(job => `paid for more than once: ${job}`))
const doubled = [...told.jobs.values()].filter(ids => ids.size > 1).length

for (const problem of problems) console.error(problem)
console.log(
  `${kills} kills, ${told.jobs.size} jobs accepted, ${told.done.size} seen done, in ${Math.round((Date.now() - started) / 1000)} s: ` +
    `${problems.length} broken invariants, ${doubled} double charges, ${lost} lost results, ${paid} calls paid, ${twice.length} twice`,
)
const failed = problems.length + doubled + lost > 0 || told.done.size === 0 || paid === 0
if (failed) console.error(`The data folder is kept for a look: ${dataDir}. Repeat with SEED=${seed}.`)
else rmSync(dataDir, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0

/** Pictures somebody saw done must still be there, byte for byte readable. */
async function lostResults(): Promise<number> {
  const headers = { authorization: `Bearer ${await backend.accessToken()}` }
  let missing = 0
  for (const pictureId of told.done.values()) {
    const answer = await fetch(`${backend.origin}/v1/pictures/${pictureId}/file`, { headers })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const readable =
      answer.ok &&
      (await sharp(bytes)
        .metadata()
        .then(
          () => true,
          () => false,
        ))
    if (!readable) missing += 1
  }
  return missing
}
