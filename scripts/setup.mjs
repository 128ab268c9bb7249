/**
 * Makes a fresh clone ready, and says nothing when it already is. Plain JavaScript: it must run on the Node that is
 * there (20 or newer), before the right one is installed.
 *
 *   1. npm ci when packages differ from the lock file
 *   2. the Node that comes from npm is in place and new enough
 *   3. WXT's generated types are there
 *   4. a Chromium is found, or fetched; not with --no-browser, for commands that open none
 *
 * `node scripts/setup.mjs [--no-browser] SCRIPT` then runs SCRIPT on that Node: the shell that npm started has looked up `node` before the
 * right one was there, and remembers the old one.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const leastNode = 24

/** Runs a command; its output is shown only when it fails. */
function run(command, args, { quiet = true } = {}) {
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, PUPPETEER_SKIP_DOWNLOAD: '1' }
  const done = spawnSync(command, args, { cwd: root, env, encoding: 'utf8', stdio: quiet ? 'pipe' : 'inherit' })
  return { ok: done.status === 0, out: `${done.stdout ?? ''}`, all: `${done.stdout ?? ''}${done.stderr ?? ''}` }
}

function stop(sentence, details = '') {
  if (details) console.error(details.trim())
  console.error(sentence)
  process.exit(1)
}

function installPackages() {
  if (hasPackages()) return
  console.log('Installing packages ...')
  const done = run('npm', ['ci', '--no-audit', '--no-fund'])
  if (!done.ok) stop('npm ci failed; its messages stand above.', done.all)
}

/** Whether what npm noted down at its last work here is what the lock file asks for. */
function hasPackages() {
  const packagesOf = file => JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  const hidden = 'node_modules/.package-lock.json'
  if (!existsSync(join(root, hidden))) return false
  const { '': _, ...wanted } = packagesOf('package-lock.json')
  const there = packagesOf(hidden)
  // Optional packages for other systems are left out.
  const fits = ([path, { integrity, optional, devOptional }]) =>
    path in there ? there[path].integrity === integrity && existsSync(join(root, path)) : optional || devOptional
  return Object.entries(wanted).every(fits)
}

/** npm leaves the binary out, silently, when install scripts are switched off. */
function checkNode() {
  const version = () => Number(/^v(\d+)/.exec(run(join(bin, 'node'), ['--version']).out)?.[1] ?? 0)
  if (version() >= leastNode) return
  run('npm', ['rebuild', 'node', '--foreground-scripts', '--ignore-scripts=false'])
  if (version() < leastNode) stop(`Node ${leastNode} could not be installed from npm. Run: npm rebuild node`)
}

function prepareTypes() {
  if (existsSync(join(root, '.wxt', 'tsconfig.json'))) return
  const done = run('wxt', ['prepare'])
  if (!done.ok) stop('wxt prepare failed; its messages stand above.', done.all)
}

async function findBrowser() {
  const { findChromium } = await import(pathToFileURL(join(root, 'scripts', 'chromium.mjs')).href)
  if (await findChromium()) return
  console.log('Looking for a Chromium ...')
  run('puppeteer', ['browsers', 'install', 'chrome'])
  if (await findChromium()) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'])
    if (await findChromium()) return
  }
  stop('No Chromium was found. Install Chromium or Chrome, or set PUPPETEER_EXECUTABLE_PATH to its program.')
}

mkdirSync(join(root, '.output'), { recursive: true })
installPackages()
checkNode()
prepareTypes()
const given = process.argv.slice(2)
const needsBrowser = given[0] !== '--no-browser'
if (needsBrowser) await findBrowser()

const [script, ...args] = needsBrowser ? given : given.slice(1)
if (script) {
  const child = spawn(join(bin, 'node'), [script, ...args], { cwd: root, stdio: 'inherit' })
  // Ctrl+C reaches the whole group, so the script has it already; a SIGTERM is for this process alone.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', code => process.exit(code ?? 1))
}
