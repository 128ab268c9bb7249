import type { Page, WebWorker } from 'puppeteer'
import { type PagePicture, type PageToPanel, type PanelToPage, pickingPort } from '../../picking/protocol.ts'
import { until } from '../pages/wait.ts'

declare global {
  var testPort: { port: chrome.runtime.Port; said: PageToPanel[] }
}

/** The panel's end of the port to a page, held by the service worker, so that a test sees every message as it is sent. */
export interface PagePort {
  post(message: PanelToPage): Promise<void>
  /** All that came since the port opened or was last forgotten. */
  said(): Promise<PageToPanel[]>
  forget(): Promise<void>
  /** Waits for something in what was said. */
  hears<T>(what: string, find: (said: PageToPanel[]) => T | undefined): Promise<T>
  /** The newest list of every frame, as one. */
  pictures(): Promise<(PagePicture & { frame: string })[]>
  /** Waits until exactly the pictures with these descriptions are listed. */
  lists(...alts: string[]): Promise<void>
  /** Answers the picture with this description, once it is listed. */
  named(alt: string): Promise<PagePicture & { frame: string }>
  /** Picking has begun in every frame that lists pictures. */
  startPicking(): Promise<void>
  read(alt: string): Promise<string | null>
  close(): Promise<void>
}

/** Connects to the page in front, as the panel does. */
export async function openPagePort(worker: WebWorker, page: Page): Promise<PagePort> {
  await page.bringToFront()
  await worker.evaluate(async name => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
    if (tab?.id === undefined) throw new Error('No tab is in front.')
    const held = { port: chrome.tabs.connect(tab.id, { name }), said: [] as PageToPanel[] }
    held.port.onMessage.addListener((message: PageToPanel) => held.said.push(message))
    held.port.postMessage({ type: 'list' })
    globalThis.testPort = held
  }, pickingPort)

  const said = () => worker.evaluate(() => globalThis.testPort.said)
  const portAt: PagePort = {
    post: message => worker.evaluate(sent => globalThis.testPort.port.postMessage(sent), message),
    said,
    forget: () => worker.evaluate(() => void globalThis.testPort.said.splice(0)),
    async hears(what, find) {
      let heard: PageToPanel[] = []
      const found = async () => {
        heard = await said()
        const value = find(heard)
        return value !== undefined && { value }
      }
      return (await until(`hearing ${what}`, found, () => `Heard: ${JSON.stringify(heard)}`)).value
    },
    pictures: async () => listed(await said()),
    async lists(...alts) {
      const wanted = [...alts].sort().join()
      await portAt.hears(`a list of ${wanted || 'nothing'}`, heard => {
        const told = heard.some(({ type }) => type === 'pictures')
        const now = listed(heard).map(({ alt }) => alt ?? '')
        return told && now.sort().join() === wanted ? true : undefined
      })
    },
    named: alt => portAt.hears(`of ${alt}`, heard => listed(heard).find(picture => picture.alt === alt)),
    async startPicking() {
      await portAt.post({ type: 'pick-start' })
      // A frame answers in order: when it has answered this, it has heard what came before.
      const asked = await said()
      for (const { frame } of asked.filter(({ type }) => type === 'pictures')) {
        await portAt.post({ type: 'read', frame, id: 0 })
        await portAt.hears('that picking has begun', heard =>
          heard.find(message => message.type === 'bytes' && message.frame === frame && message.id === 0),
        )
      }
    },
    async read(alt) {
      const { frame, id } = await portAt.named(alt)
      await portAt.post({ type: 'read', frame, id })
      const answer = await portAt.hears(`the bytes of ${alt}`, heard =>
        heard.findLast(message => message.type === 'bytes' && message.frame === frame && message.id === id),
      )
      return (answer as PageToPanel & { type: 'bytes' }).data
    },
    close: () => worker.evaluate(() => globalThis.testPort.port.disconnect()),
  }
  return portAt
}

function listed(said: readonly PageToPanel[]): (PagePicture & { frame: string })[] {
  const frames = new Map<string, PagePicture[]>()
  for (const message of said) {
    if (message.type === 'pictures') frames.set(message.frame, message.pictures)
    if (message.type === 'gone') frames.delete(message.frame)
  }
  return [...frames].flatMap(([frame, pictures]) => pictures.map(picture => ({ ...picture, frame })))
}
