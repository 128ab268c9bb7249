/**
 * `npm run demo`: the whole main job in headless Chromium, pressed as a person presses it, against a backend of its own.
 * Leaves screenshots and results in .output/demo; ends with 0 only if every step held.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { launchBrowser } from '../extension/e2e/fixtures/browser.ts'
import { texts } from '../extension/e2e/fixtures/texts.ts'
import { panelPage } from '../extension/e2e/pages/panel-page.ts'
import { signIn } from '../extension/e2e/pages/sign-in-page.ts'
import { difference, resultBytes } from '../extension/e2e/probes/pixels.ts'
import { startSampleSite } from '../extension/sample/server.ts'
import { freePort } from './ports.ts'
import { root, startBackend } from './processes.ts'

const out = join(root, '.output/demo')
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })

const t = texts('en')
const env = { PORT: String(await freePort()), DATA_DIR: join(out, 'data'), LOG_LEVEL: 'error' }
const [backend, site] = await Promise.all([startBackend(env), startSampleSite()])
const chromium = await launchBrowser({ origin: backend.origin })

/** Says what is done; a step that throws ends the demo with its name. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    const value = await work()
    console.log(`ok    ${name}`)
    return value
  } catch (error) {
    console.error(`FAIL  ${name}`)
    throw error
  }
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

try {
  const page = await chromium.openPage(site.url)
  await page.setViewport({ width: 920, height: 860 })
  const panel = await step('a click on the icon opens the panel', async () =>
    panelPage(await chromium.openPanel(page), t),
  )
  const shoot = async (name: string) => {
    const [left, right] = await Promise.all([page.screenshot(), panel.page.screenshot()])
    writeFileSync(join(out, `${name}-panel.png`), right)
    await sideBySide(Buffer.from(left), Buffer.from(right), join(out, `${name}.png`))
  }

  await panel.press('button', t('panel.welcome.start'))
  await step('signing in, through the page and back', () => signIn(chromium.browser, panel))
  const credits = await panel.balance()

  await step('picking outlines the picture under the pointer, a click takes it', async () => {
    await panel.press('button', t('sources.pick'))
    await page.bringToFront()
    const hero = await page.waitForSelector('#hero')
    await hero?.hover()
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    await shoot('1-outline')
    await hero?.click()
    await panel.sourcesReady(1)
  })
  await panel.page.evaluate(() => scrollTo(0, 0))
  await shoot('2-source')

  const first = await step('words, price, Generate; the placeholder has the shape of the result', async () => {
    await panel.writePrompt('watercolour, warm evening light')
    await panel.press('radio', '2K')
    const known = await panel.pictures()
    await panel.generate()
    const job = await panel.page.waitForSelector('[data-job]')
    await job?.evaluate(card => card.scrollIntoView({ block: 'center' }))
    await shoot('3-progress')
    return panel.newPicture(known)
  })
  await step('the result shows, and the balance went down by exactly the price', async () => {
    check((await panel.balance()) === credits - 2, `The balance is ${await panel.balance()}, not ${credits - 2}.`)
    const bytes = await resultBytes(panel.page, backend.origin, first)
    writeFileSync(join(out, 'result-1.png'), bytes)
    const hero = Buffer.from(await (await fetch(new URL('pictures/lake.jpg', site.url))).arrayBuffer())
    check((await difference(bytes, hero)) > 5, 'The result looks like its source.')
    await panel.page.waitForSelector(`[data-picture="${first}"] img`)
    await panel.page.$eval(`[data-picture="${first}"]`, card => card.scrollIntoView({ block: 'center' }))
    await shoot('4-result')
  })

  await step('a second picture gives its colours and texture', async () => {
    await panel.takeFromStrip('Indigo-dyed cloth with a pattern of waves in gold thread')
    await panel.sourcesReady(2)
    await panel.writePrompt('')
    await panel.press('radio', '1K')
    const known = await panel.pictures()
    await panel.generate()
    const id = await panel.newPicture(known)
    writeFileSync(join(out, 'result-2.png'), await resultBytes(panel.page, backend.origin, id))
    await panel.page.waitForSelector(`[data-picture="${id}"] img`)
    await panel.page.evaluate(() => scrollTo(0, 0))
    await shoot('5-mixed')
  })

  await step('both are in the history, and open large', async () => {
    await panel.press('button', t('panel.screen.history'))
    await panel.page.waitForFunction(() => document.querySelectorAll('[data-picture] img').length === 2)
    await shoot('6-history')
    await panel.page.locator(`[data-picture="${first}"] .results-open`).click()
    await panel.page.waitForSelector('.results-large img')
    await shoot('7-large')
  })
  console.log(`\nScreenshots and results are in ${out}`)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await chromium.close()
  await Promise.all([backend.stop(), site.close()])
}

async function sideBySide(left: Buffer, right: Buffer, file: string): Promise<void> {
  const [a, b] = await Promise.all([sharp(left).metadata(), sharp(right).metadata()])
  const background = '#cfc8bc'
  await sharp({
    create: { width: a.width + 1 + b.width, height: Math.max(a.height, b.height), channels: 3, background },
  })
    .composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: a.width + 1, top: 0 },
    ])
    .png()
    .toFile(file)
}
