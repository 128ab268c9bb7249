import fc from 'fast-check'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arbitraryNoise, arbitrarySrcset } from '../../picking/page/arbitrary-srcset.ts'
import { candidatesOf } from '../../picking/page/srcset.ts'
import { launchBrowser, type TestBrowser } from '../fixtures/browser.ts'
import { type PickingSite, startPickingSite } from '../fixtures/sites/picking.ts'
import { openPagePort } from '../probes/page-port.ts'

/** Wider than any width in a test: of widths the browser then takes the largest. */
const sizes = '1000000px'
/** Denser than any density in a test: of densities the browser then takes the largest. */
const density = 8

let site: PickingSite
let chromium: TestBrowser
let page: Page

beforeAll(async () => {
  site = await startPickingSite()
  chromium = await launchBrowser()
  page = await chromium.openPage(await site.page('/', ''))
  await page.setViewport({ width: 400, height: 300, deviceScaleFactor: density })
})
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})

/** What Chrome itself takes of each, when it wants the largest. */
const chosenByChrome = (srcsets: readonly string[]) =>
  page.evaluate(
    async (all, sizes) => {
      const images = all.map(srcset => Object.assign(new Image(), { sizes, srcset }))
      // While a picture is neither there nor known to be broken, Chrome does not always say which one it took.
      while (images.some(({ complete }) => !complete)) await new Promise(requestAnimationFrame)
      return images.map(({ currentSrc }) => currentSrc)
    },
    srcsets,
    sizes,
  )

/** What our reading says that Chrome takes: the densest, a width being spread over all of `sizes`. */
function densest(srcset: string): string {
  const densities = candidatesOf(srcset).map(({ url, w, x }) => ({ url, size: w ? w / Number.parseInt(sizes, 10) : x }))
  const [first, ...others] = densities
  if (!first) return ''
  return new URL(others.reduce((best, each) => (each.size > best.size ? each : best), first).url, site.url).href
}

describe('srcset is read as Chrome reads it', () => {
  test('made of widths, of densities, of odd addresses and of what does not count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitrarySrcset, { minLength: 10, maxLength: 10 }), async made => {
        const texts = made.map(({ text }) => text)
        expect(texts.map(densest)).toEqual(await chosenByChrome(texts))
      }),
      { numRuns: 60 },
    )
  })

  test('made of noise', async () => {
    const plain = arbitraryNoise.filter(text => candidatesOf(text).every(({ x }) => x < density / 2))
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { minLength: 20, maxLength: 20 }), async texts => {
        expect(texts.map(densest)).toEqual(await chosenByChrome(texts))
      }),
      { numRuns: 60 },
    )
  })
})

test('the picture told as the largest is the one that Chrome takes when it wants the largest', async () => {
  const seed = Date.now() % 2 ** 31
  const texts = fc
    .sample(arbitrarySrcset, { numRuns: 150, seed })
    .map(({ text }) => text)
    .filter(text => candidatesOf(text).length > 0)
  const largest = await chosenByChrome(texts)
  const small = await chromium.openPage(`${site.url}/?small`)
  await small.setViewport({ width: 1200, height: 800, deviceScaleFactor: 1 })
  await small.evaluate(all => {
    document.body.style.fontSize = '0'
    for (const [index, srcset] of all.entries()) {
      const image = Object.assign(new Image(50, 50), { sizes: '1px', srcset, alt: `n${index}` })
      image.style.display = 'inline-block'
      document.body.append(image)
    }
  }, texts)
  await small.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  const port = await openPagePort(await chromium.worker(), small)
  await port.lists(...texts.map((_, index) => `n${index}`))
  const told = new Map((await port.pictures()).map(({ alt, src, larger }) => [alt, larger?.src ?? src]))
  const offered = texts.map((text, index) => [text, told.get(`n${index}`)])
  expect(offered, `seed ${seed}`).toEqual(texts.map((text, index) => [text, largest[index]]))
  await port.close()
  await small.close()
})

test('of a picture offered in several sizes the sizes that the page states are told, and nothing more', async () => {
  const [small, large] = [site.picture('boat', 300, 200), site.picture('boat', 1200, 800)]
  await site.page(
    '/sizes',
    `<img alt="widths" width="150" height="100" sizes="150px" srcset="${small} 300w, ${large} 1200w">
     <img alt="densities" width="150" height="100" srcset="${small} 1x, ${large} 4x">
     <img alt="alone" width="150" height="100" src="${small}">`,
  )
  const shown = await chromium.openPage(`${site.url}/sizes`)
  await shown.setViewport({ width: 1200, height: 800, deviceScaleFactor: 1 })
  const port = await openPagePort(await chromium.worker(), shown)
  await port.hears('of all three, loaded', said =>
    said.find(message => message.type === 'pictures' && message.pictures.filter(({ width }) => width > 0).length === 3),
  )
  const facts = (await port.pictures()).map(({ frame: _, id: __, ...facts }) => facts)
  const larger = { src: site.url + large, width: 1200, height: 800 }
  expect(facts).toEqual([
    { alt: 'widths', src: site.url + small, width: 300, height: 200, larger },
    { alt: 'densities', src: site.url + small, width: 300, height: 200, larger },
    { alt: 'alone', src: site.url + small, width: 300, height: 200 },
  ])
  await port.close()
  await shown.close()
})
