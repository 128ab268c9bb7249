import type { Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { PageToPanel } from '../picking/protocol.ts'
import { launchBrowser, type TestBrowser } from './fixtures/browser.ts'
import { type PickingSite, startPickingSite } from './fixtures/sites/picking.ts'
import { colourAt, outlinedBox, pickerInPage } from './pages/picker-overlay.ts'
import { openPagePort, type PagePort } from './probes/page-port.ts'

let site: PickingSite
let chromium: TestBrowser
let page: Page
let port: PagePort

beforeAll(async () => {
  site = await startPickingSite()
  chromium = await launchBrowser()
})
afterAll(async () => {
  await chromium?.close()
  await site?.close()
})
afterEach(async () => {
  await port.close()
  await page.close()
})

/** Shows a page of this body, and connects to it. */
async function show(body: string) {
  page = await chromium.openPage(await site.page('/', body))
  port = await openPagePort(await chromium.worker(), page)
}

const img = (name: string, attributes = '') =>
  `<img src="${site.picture(name)}" alt="${name}" width="200" height="150" ${attributes}>`

const rectOf = (selector: string) =>
  page.$eval(selector, element => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x, y, width, height }
  })

/** A point inside the picture that begins where this element begins. */
const pointIn = async (selector: string) => {
  const { x, y } = await rectOf(selector)
  return [x + 40, y + 40] as const
}

const only = <T extends PageToPanel['type']>(said: PageToPanel[], type: T) =>
  said.filter((message): message is PageToPanel & { type: T } => message.type === type)

describe('[P5] lists only what can be seen', () => {
  test('only visible <img>, by nothing but address, size and description', async () => {
    await show(`
      <style>.bg { width: 200px; height: 150px; background: url(${site.picture('background')}) }</style>
      ${img('seen')} <img src="${site.picture('unnamed')}" width="200" height="150">
      ${img('none', 'style="display:none"')} ${img('hidden', 'hidden')}
      ${img('invisible', 'style="visibility:hidden"')} ${img('clear', 'style="opacity:0"')}
      <div style="opacity:0">${img('in-clear')}</div>
      <div style="width:100px;height:50px;overflow:hidden"><div style="margin-left:150px">${img('cut-off')}</div></div>
      <img src="${site.picture('icon')}" alt="icon" width="47" height="47"> <img src="${site.picture('dot')}" alt="dot" width="0" height="0">
      <div style="position:absolute;left:-900px">${img('left-out')}</div>
      <div class="bg"></div> <canvas width="200" height="150"></canvas>
      <video poster="${site.picture('poster')}" width="200" height="150"></video>
      <svg width="200" height="150"><image href="${site.picture('in-svg')}" width="200" height="150"/></svg>
      <div style="position:absolute;top:5000px">${img('below')}</div>`)
    await port.lists('seen', '')
    expect((await port.pictures()).map(({ frame: _, ...facts }) => facts)).toEqual([
      { id: 1, src: site.url + site.picture('seen'), width: 200, height: 150, alt: 'seen' },
      { id: 2, src: site.url + site.picture('unnamed'), width: 200, height: 150 },
    ])
  })

  test('frames, shadow roots open and closed, srcset and <picture>', async () => {
    await site.page('/inner', img('in-frame'))
    await show(`
      <iframe src="/inner" width="300" height="200"></iframe>
      <iframe src="${site.crossUrl}/inner" width="300" height="200"></iframe>
      <iframe srcdoc='${img('in-srcdoc')}' width="300" height="200"></iframe>
      <iframe src="/inner" width="300" height="200" style="position:absolute;top:5000px"></iframe>
      <div id="open"></div><x-closed></x-closed>
      <picture><source srcset="${site.picture('from-source', 400, 300)}"><img src="${site.picture('fallback')}" alt="chosen" width="200" height="150"></picture>
      <script>
        document.getElementById('open').attachShadow({ mode: 'open' }).innerHTML = '${img('in-open')}<x-closed></x-closed>'
        for (const root of [document, document.getElementById('open').shadowRoot])
          root.querySelector('x-closed').attachShadow({ mode: 'closed' }).innerHTML = '${img('in-closed')}'
      </script>`)
    await port.lists('in-frame', 'in-frame', 'in-srcdoc', 'in-open', 'in-closed', 'in-closed', 'chosen')
    expect((await port.named('chosen')).src).toBe(site.url + site.picture('from-source', 400, 300))
  })

  test('a long address stays in the page; the picture can be read all the same', async () => {
    const bytes = (await site.bytes(site.picture('long', 300, 200))).toString('base64')
    await show('<img alt="long" width="200" height="150">')
    await page.$eval(
      'img',
      (image, src) => image.setAttribute('src', src),
      `data:image/png;x=${'0'.repeat(9000)};base64,${bytes}`,
    )
    expect((await port.named('long')).src).toBe('data:')
    expect((await port.read('long'))?.endsWith(`;base64,${bytes}`)).toBe(true)
  })

  test('tells again what scrolling, loading, and the page itself change, and only then', async () => {
    await show(`${img('first')}<div style="height:3000px"></div>${img('last')}`)
    await port.lists('first')
    await port.forget()
    await page.evaluate(() => document.body.setAttribute('data-x', '1'))
    await page.evaluate(() => scrollTo(0, 9999))
    await port.lists('last')
    expect(only(await port.said(), 'pictures')).toHaveLength(1)
    await page.$eval('img:last-of-type', image => image.setAttribute('src', '/pictures/other-400x300.png'))
    const other = await port.hears('of the other picture', said =>
      only(said, 'pictures')
        .at(-1)
        ?.pictures.find(({ width }) => width === 400),
    )
    expect(other.id).toBe(3)
    await page.$eval('img:last-of-type', image => image.remove())
    await port.lists()
  })

  test('a frame that comes later asks to be connected; one that goes takes its pictures along', async () => {
    await site.page('/inner', img('in-frame'))
    await show(`${img('outside')}<iframe src="/inner" width="300" height="200"></iframe>`)
    await port.lists('outside', 'in-frame')
    await page.$eval('iframe', frame => frame.remove())
    await port.lists('outside')
    expect(only(await port.said(), 'frame-added')).toHaveLength(0)
    await page.evaluate(() => document.body.append(Object.assign(document.createElement('iframe'), { src: '/inner' })))
    await port.hears('a frame', said => only(said, 'frame-added')[0])
  })
})

describe('choosing', () => {
  test('the outline follows the pointer, stays inside the window, and says the size', async () => {
    await show(
      `${img('boat')}<p style="height:90px">text</p><img id="wide" src="${site.picture('wide', 2000, 900)}" alt="wide">`,
    )
    await port.lists('boat', 'wide')
    await port.startPicking()
    await page.mouse.move(...(await pointIn('img')))
    await port.hears('where the pointer is', said => only(said, 'at')[0])
    const { left, top, width, height, text, role } = await outlinedBox(page)
    const { x, y } = await rectOf('img')
    expect({ left, top, width, height }).toEqual({ left: x, top: y, width: 200, height: 150 })
    expect(text).toBe('200 × 150 boat')
    expect(role).toBe('status')
    const wide = await rectOf('#wide')
    await page.mouse.move(400, wide.y + 60)
    await expect.poll(() => outlinedBox(page)).toMatchObject({ text: '2000 × 900 wide', top: wide.y })
    const right = await page.evaluate(() => document.documentElement.clientWidth)
    const box = await outlinedBox(page)
    expect(box.left + box.width).toBe(right - 4)
    await page.mouse.move(...(await pointIn('p')))
    await expect.poll(() => outlinedBox(page)).toMatchObject({ width: 0 })
  })

  test('a click takes the picture and the page notices nothing; Shift says that there will be more', async () => {
    await site.page('/elsewhere', '')
    await show(`<a href="/elsewhere">${img('link')}</a><button style="height:90px;width:90px">Press</button>
      <script>
        noticed = []
        for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'click', 'dblclick'])
          document.addEventListener(type, event => noticed.push(event.target.localName + ' ' + type), true)
      </script>`)
    await port.lists('link')
    await port.startPicking()
    await page.mouse.click(...(await pointIn('img')), { count: 2 })
    await page.keyboard.down('Shift')
    await page.mouse.click(...(await pointIn('img')))
    await page.keyboard.up('Shift')
    const taken = await port.hears('two pictures taken', said => {
      const found = only(said, 'picked')
      return found.length > 1 ? found : undefined
    })
    expect(taken.map(({ picture, more }) => [picture.alt, more])).toEqual([
      ['link', false],
      ['link', true],
    ])
    expect(page.url()).toBe(`${site.url}/`)
    expect(await page.evaluate('noticed')).toEqual([])
    await page.mouse.click(...(await pointIn('button')))
    expect(await page.evaluate('noticed')).toContain('button click')
  })

  test('a page cannot click in the person’s place', async () => {
    await show(img('bait'))
    await port.lists('bait')
    await port.startPicking()
    await page.mouse.move(...(await pointIn('img')))
    await port.hears('where the pointer is', said => only(said, 'at')[0])
    await page.$eval('img', image => {
      const { x, y } = image.getBoundingClientRect()
      const event = { bubbles: true, composed: true, clientX: x + 9, clientY: y + 9, detail: 1 }
      image.dispatchEvent(new PointerEvent('click', event))
      document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 'Enter' }))
    })
    await page.mouse.move(5, 700)
    await port.hears('that the pointer left', said => only(said, 'at').find(({ id }) => id === null))
    expect((await port.said()).filter(({ type }) => type === 'picked' || type === 'key')).toEqual([])
  })

  test('keys come to the panel, which leads; in a field they stay the page’s', async () => {
    await show(`${img('one')}<div style="height:3000px"></div>${img('two')}<input>`)
    const { frame, id } = await port.named('one')
    await port.startPicking()
    await port.post({ type: 'show', frame, id, block: 'center' })
    await expect.poll(() => outlinedBox(page)).toMatchObject({ text: '200 × 150 one' })
    await page.keyboard.press('ArrowRight')
    await page.keyboard.down('Shift')
    await page.keyboard.press('Enter')
    await page.keyboard.up('Shift')
    await page.keyboard.press('Escape')
    await page.keyboard.press('a')
    await page.focus('input')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Escape')
    await page.keyboard.type('b')
    await page.$eval('input', input => input.blur())
    await page.evaluate(() => {
      document.designMode = 'on'
    })
    await page.keyboard.press('ArrowUp')
    await page.$eval('input', input => {
      document.designMode = 'off'
      input.blur()
    })
    await page.keyboard.press('ArrowLeft')
    const keys = await port.hears('the last key', said => {
      const found = only(said, 'key')
      return found.at(-1)?.key === 'ArrowLeft' ? found : undefined
    })
    expect(keys.map(({ key, shift }) => (shift ? `Shift+${key}` : key))).toEqual([
      'ArrowRight',
      'Shift+Enter',
      'Escape',
      'ArrowLeft',
    ])
  })

  test('what the panel shows scrolls into view, and a resting pointer does not take the outline away', async () => {
    await show(`${img('one')}<div style="height:1200px"></div>${img('two')}`)
    const one = await port.named('one')
    await port.startPicking()
    await page.mouse.move(...(await pointIn('img')))
    await port.hears('where the pointer is', said => only(said, 'at')[0])
    await page.evaluate(() => scrollTo(0, 9999))
    const two = await port.named('two')
    await page.evaluate(() => scrollTo(0, 0))
    await port.lists('one')
    await port.forget()
    await port.post({ type: 'show', frame: two.frame, id: two.id, block: 'nearest' })
    await expect.poll(() => outlinedBox(page)).toMatchObject({ text: '200 × 150 two', width: 200 })
    await port.lists('two')
    expect(await outlinedBox(page)).toMatchObject({ text: '200 × 150 two' })
    await port.post({ type: 'show', frame: one.frame, id: null, block: 'nearest' })
    await expect.poll(() => outlinedBox(page)).toMatchObject({ width: 0 })
  })

  test('under a transparent cover, in a closed shadow root, above an open dialog, and inside a frame', async () => {
    await site.page('/inner', `<body style="margin:0">${img('in-frame')}`)
    await show(`
      <style>* { outline: 0 !important } div { display: none !important } body > div { display: block !important } ::backdrop { background: #000 }</style>
      <div style="position:relative;width:200px">${img('covered')}<a href="/away" id="cover" style="position:absolute;inset:0"></a></div>
      <div id="closed"></div><iframe src="/inner" width="300" height="200"></iframe>
      <dialog id="dialog">${img('in-dialog')}</dialog>
      <script>document.getElementById('closed').attachShadow({ mode: 'closed' }).innerHTML = '<b>${img('in-closed')}</b>'</script>`)
    await port.lists('covered', 'in-closed', 'in-frame')
    await port.startPicking()
    const click = async (x: number, y: number, alt: string) => {
      await page.mouse.click(x, y)
      await port.hears(`${alt} taken`, said => only(said, 'picked').find(({ picture }) => picture.alt === alt))
    }
    await click(...(await pointIn('#cover')), 'covered')
    await click(...(await pointIn('#closed')), 'in-closed')
    await click(...(await pointIn('iframe')), 'in-frame')
    await page.$eval('dialog', dialog => dialog.showModal())
    await click(...(await pointIn('dialog img')), 'in-dialog')
    const { x, y } = await rectOf('dialog img')
    await expect.poll(() => colourAt(page, x - 2, y + 60)).toEqual([0xc9, 0x3a, 0x22])
    expect(page.url()).toBe(`${site.url}/`)
  })
})

describe('bytes, read by the frame that owns the picture', () => {
  const dataUrl = async (address: string) => `data:image/png;base64,${(await site.bytes(address)).toString('base64')}`

  test('the original file where the page’s own rules allow it, null where they do not', async () => {
    await site.page('/inner', img('in-frame'))
    await show(`${img('same')}
      <img src="${site.crossUrl}${site.picture('shared')}" alt="shared" width="200" height="150">
      <img src="${site.crossUrl}${site.picture('kept')}" alt="kept" width="200" height="150">
      <iframe src="${site.crossUrl}/inner" width="300" height="200"></iframe><img alt="blob" width="200" height="150">`)
    await page.evaluate(async address => {
      const blob = await (await fetch(address)).blob()
      document.querySelector<HTMLImageElement>('[alt=blob]')!.src = URL.createObjectURL(blob)
    }, site.picture('from-blob'))
    expect(await port.read('same')).toBe(await dataUrl(site.picture('same')))
    expect(await port.read('shared')).toBe(await dataUrl(site.picture('shared')))
    expect(await port.read('blob')).toBe(await dataUrl(site.picture('from-blob')))
    expect(await port.read('in-frame')).toBe(await dataUrl(site.picture('in-frame')))
    expect(await port.read('kept')).toBeNull()
  })

  test('a copy of the pixels when the address is used up', async () => {
    await show('<img alt="revoked" width="200" height="150">')
    await page.evaluate(async address => {
      const blob = await (await fetch(address)).blob()
      const image = document.querySelector('img')!
      image.src = URL.createObjectURL(blob)
      await image.decode()
      URL.revokeObjectURL(image.src)
    }, site.picture('revoked'))
    const copy = await port.read('revoked')
    expect(copy).toMatch(/^data:image\/png;base64,/)
    expect(copy).not.toBe(await dataUrl(site.picture('revoked')))
  })

  test('the picture that was picked, though the <img> shows another one by now; null for one that never was', async () => {
    await show(img('before'))
    const { frame, id } = await port.named('before')
    await page.$eval('img', (image, src) => image.setAttribute('src', src), site.picture('after', 400, 300))
    await port.hears('the new picture', said =>
      only(said, 'pictures')
        .at(-1)
        ?.pictures.find(({ width }) => width === 400),
    )
    await port.post({ type: 'read', frame, id })
    const { data } = await port.hears('bytes', said => only(said, 'bytes')[0])
    expect(data).toBe(await dataUrl(site.picture('before')))
    await port.post({ type: 'read', frame, id: 99 })
    expect((await port.hears('an answer', said => only(said, 'bytes')[1])).data).toBeNull()
  })
})

test('when the port closes, nothing stays in the page', async () => {
  await show(`<a href="#followed">${img('link')}</a>`)
  await port.lists('link')
  const before = await page.evaluate(() => document.documentElement.outerHTML)
  await port.startPicking()
  await page.mouse.move(...(await pointIn('img')))
  await port.hears('where the pointer is', said => only(said, 'at')[0])
  expect(await pickerInPage(page)).toBe(true)
  await port.close()
  await expect.poll(() => pickerInPage(page)).toBe(false)
  await page.mouse.click(...(await pointIn('img')))
  await expect.poll(() => page.url()).toContain('#followed')
  expect(await pickerInPage(page)).toBe(false)
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before)
})
