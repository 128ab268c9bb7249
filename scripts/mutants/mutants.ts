/**
 * `npm run mutants -- PATH [--sample 60] [--seed 1] [--tests 30] [--minutes 20]`: puts small faults into the files under
 * PATH, one at a time and in a copy of the repository, and runs the tests that come by. Prints the share that was noticed,
 * and each that was not as file:line. The seed says which faults of all are tried; the same seed tries the same ones.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseArgs } from 'node:util'
import { parseSync } from 'oxc-parser'
import { root } from '../processes.ts'
import { applied, type Mutant, mutantsOf, withReachNoted } from './mutate.ts'
import type { Ran, Run } from './runner.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '20' },
  },
})
const limits = {
  sample: Number(values.sample),
  seed: Number(values.seed),
  tests: Number(values.tests),
  minutes: Number(values.minutes),
}
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const isSource = (file: string) =>
  /\.tsx?$/.test(file) && !isTest(file) && !/\.d\.ts$|\/(test|bench|e2e|sample|locales)\//.test(file)

interface Planted extends Mutant {
  file: string
}

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(file => file && existsSync(join(root, file)))
const code = tracked.filter(file => /^(bff|extension|scripts)\/.*\.tsx?$/.test(file))
const targets = code.filter(
  file =>
    isSource(file) &&
    positionals.some(path => file === normalize(path) || file.startsWith(`${normalize(path).replace(/\/$/, '')}/`)),
)
if (targets.length === 0) {
  console.error('Say which files: npm run mutants -- bff/ledger')
  process.exit(2)
}

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const all = targets.flatMap(file => mutantsOf(file, read(file)).map(mutant => ({ ...mutant, file })))
const chosen = sample(all, limits.sample, limits.seed)
console.log(
  `${positionals.join(' ')}: ${targets.length} files, ${all.length} mutants, ${chosen.length} of them tried (seed ${limits.seed})`,
)

const house = join(root, '.output', 'mutants', String(process.pid))
const reachedFile = join(house, 'reached')
process.on('exit', () => rmSync(house, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
for (const file of tracked) {
  mkdirSync(dirname(join(house, file)), { recursive: true })
  cpSync(join(root, file), join(house, file))
}
for (const shared of ['node_modules', '.wxt'])
  if (existsSync(join(root, shared))) symlinkSync(join(root, shared), join(house, shared))
const inHouse = (file: string) => join(house, file)

const started = Date.now()
const tests = nearestTests()
const { reachedBy, sound, took } = await lookAround(tests)
const results = await tryAll()
report(results)

/** As many as wanted, each file's mutants as likely as another's. */
function sample(from: Planted[], count: number, seed: number): Planted[] {
  let state = seed
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const drawn = from.map(mutant => ({ mutant, ticket: random() })).toSorted((a, b) => a.ticket - b.ticket)
  const taken = new Set(drawn.slice(0, count).map(({ mutant }) => mutant))
  return from.filter(mutant => taken.has(mutant))
}

/** The tests that import what is changed: those of the same folder first, then by how far away they stand. */
function nearestTests(): string[] {
  const importers = new Map<string, string[]>()
  for (const file of code) {
    const { module } = parseSync(file, read(file))
    const names = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest?.value ?? '')),
      ...module.dynamicImports.map(({ moduleRequest }) =>
        read(file).slice(moduleRequest.start + 1, moduleRequest.end - 1),
      ),
    ]
    for (const name of names.filter(name => name.startsWith('.'))) {
      const target = normalize(join(dirname(file), name.replace(/\?.*/, '')))
      importers.set(target, [...(importers.get(target) ?? []), file])
    }
  }
  const distance = new Map(targets.map(file => [file, 0]))
  for (const file of distance.keys())
    for (const importer of importers.get(file) ?? [])
      if (!distance.has(importer)) distance.set(importer, (distance.get(file) ?? 0) + 1)
  const inRoom = (file: string) => targets.some(target => dirname(file).startsWith(dirname(target)))
  const rank = (file: string) => (inRoom(file) ? 0 : 1000) + (distance.get(file) ?? 0)
  return [...distance.keys()]
    .filter(file => isTest(file) && !file.startsWith('extension/e2e/'))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, limits.tests)
}

/** Runs the tests on the files as they are: which of them come by which mutant, and which can be relied on. */
async function lookAround(files: string[]) {
  const byFile = Map.groupBy(chosen, ({ file }) => file)
  for (const [file, mutants] of byFile)
    writeFileSync(
      inHouse(file),
      withReachNoted(read(file), mutants, start => noteOf(file, start)),
    )
  writeFileSync(reachedFile, '')
  const runner = await startRunner()
  const began = Date.now()
  const ran = await ask(runner, { tests: files.map(inHouse), changed: [] }, 15 * 60_000)
  end(runner)
  if (!ran) throw new Error('The tests did not end within 15 minutes on the files as they are.')
  for (const file of byFile.keys()) writeFileSync(inHouse(file), read(file))

  const unsound = new Set(ran.failed.map(({ file }) => file.replace(`${house}/`, '')))
  for (const file of unsound) {
    const [first] = ran.failed.filter(failed => failed.file.endsWith(file))
    console.log(`  not relied on, it fails without any mutant: ${file}: ${first?.title}`)
  }
  const sound = files.filter(file => !unsound.has(file))
  const reachedBy = new Map<string, Set<string>>()
  for (const line of readFileSync(reachedFile, 'utf8').split('\n').filter(Boolean)) {
    const [test = '', place = ''] = line.split('\t')
    const known = test ? [test.replace(`${house}/`, '')] : sound
    for (const file of known) reachedBy.set(place, (reachedBy.get(place) ?? new Set()).add(file))
  }
  const took = Date.now() - began
  console.log(`  ${sound.length} test files, ${Math.round(took / 1000)} s without any mutant`)
  return { reachedBy, sound, took }
}

/** Appends "test, place" once per test file; without a test file it runs in a process or thread that a test started. */
function noteOf(file: string, start: number): string {
  const place = JSON.stringify(`${file}:${start}`)
  return `((p,g=globalThis)=>{const t=g.__vitest_worker__?.filepath??'',s=(g.__reached??=new Set()),k=t+'\\t'+p;if(!s.has(k)){s.add(k);g.process?.getBuiltinModule?.('node:fs').appendFileSync(${JSON.stringify(reachedFile)},k+'\\n')}})(${place})`
}

type Outcome = 'noticed' | 'timed out' | 'not noticed' | 'not reached'

async function tryAll() {
  const results: { mutant: Planted; outcome: Outcome; by: string }[] = []
  let runner = await startRunner('--bail')
  let before = ''

  async function tryOne(mutant: Planted): Promise<{ outcome: Outcome; by: string }> {
    const reaching = reachedBy.get(`${mutant.file}:${mutant.reach.start}`) ?? new Set()
    const near = sound.filter(file => mutant.reach.kind === 'file' || reaching.has(file))
    if (near.length === 0) return { outcome: 'not reached', by: '' }
    writeFileSync(inHouse(mutant.file), applied(read(mutant.file), mutant))
    const changed = [...new Set([before, mutant.file])].filter(Boolean).map(inHouse)
    before = mutant.file
    try {
      // Most are noticed beside the file; only what is not goes on to the others.
      const [own, others] = [true, false].map(isOwn =>
        near.filter(file => (dirname(file) === dirname(mutant.file)) === isOwn),
      )
      for (const tests of [own, others]) {
        if (!tests?.length) continue
        const ran = await ask(runner, { tests: tests.map(inHouse), changed }, 30_000 + 4 * took)
        if (!ran) {
          end(runner)
          runner = await startRunner('--bail')
          return { outcome: 'timed out', by: '' }
        }
        const [first] = ran.failed
        if (first) return { outcome: first.byTime ? 'timed out' : 'noticed', by: first.title }
      }
      return { outcome: 'not noticed', by: '' }
    } finally {
      writeFileSync(inHouse(mutant.file), read(mutant.file))
    }
  }

  for (const mutant of chosen) {
    if (Date.now() - started > limits.minutes * 60_000) break
    const { outcome, by } = await tryOne(mutant)
    results.push({ mutant, outcome, by })
    const at = `${mutant.file}:${mutant.line}`
    if (outcome !== 'noticed') console.log(`  ${outcome}: ${at}  ${mutant.change}`)
    else if (process.env.VERBOSE) console.log(`  noticed: ${at}  ${mutant.change}  <- ${by}`)
  }
  end(runner)
  return results
}

function report(results: Awaited<ReturnType<typeof tryAll>>): void {
  const count = (outcome: Outcome) => results.filter(result => result.outcome === outcome).length
  const noticed = count('noticed') + count('timed out')
  if (results.length < chosen.length)
    console.log(`  ${limits.minutes} minutes are over: ${chosen.length - results.length} mutants were not tried`)
  console.log(
    `score ${((100 * noticed) / results.length).toFixed(1)} %: ${noticed} of ${results.length} noticed` +
      ` (${count('timed out')} by time), ${count('not noticed')} not, ${count('not reached')} not reached,` +
      ` ${Math.round((Date.now() - started) / 1000)} s, seed ${limits.seed}`,
  )
}

async function startRunner(...args: string[]): Promise<ChildProcess> {
  const runner = fork(join(house, 'scripts/mutants/runner.ts'), args, {
    cwd: house,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(runner, 'message')
  return runner
}

/** Undefined when there is no answer in time, or the process has died of the mutant. */
function ask(runner: ChildProcess, run: Run, timeout: number): Promise<Ran | undefined> {
  return new Promise(resolve => {
    function settle(ran?: Ran): void {
      clearTimeout(timer)
      runner.off('message', settle).off('exit', died)
      resolve(ran)
    }
    const died = () => settle()
    const timer = setTimeout(settle, timeout)
    runner.on('message', settle).on('exit', died)
    runner.send(run)
  })
}

function end(runner: ChildProcess): void {
  if (runner.pid && runner.exitCode === null) process.kill(-runner.pid, 'SIGKILL')
}
