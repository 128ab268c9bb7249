import { type FrameNote, type PageToPanel, type PanelToPage, pagePictureLimits } from '../protocol.ts'
import { readPicture } from './bytes.ts'
import { watchChanges } from './changes.ts'
import { createOutline } from './outline.ts'
import { createPicker } from './picker.ts'
import { createLister, factsOf, findImage, placeOf } from './pictures.ts'

type Unaddressed<Message> = Message extends unknown ? Omit<Message, 'frame'> : never

/** Names this frame to the panel; http pages have no `crypto.randomUUID`, and nothing depends on it being secret. */
const frame = `${Math.random()}`

/** Chrome's viewer of PDF files shows no <img>, however many pictures there are to see. */
const isPdf = self === top && document.contentType === 'application/pdf'

/** Serves one panel as long as its port is open; when it closes, everything here stops. */
export function serve(port: chrome.runtime.Port): void {
  const closing = new AbortController()
  const { signal } = closing
  let told = ''

  function send(message: Unaddressed<PageToPanel>) {
    // Between the panel's end and the event that says so, posting throws.
    try {
      port.postMessage({ ...message, frame })
    } catch {
      closing.abort()
    }
  }

  async function tell() {
    const pictures = await list(roots())
    const note: FrameNote | undefined = pictures[pagePictureLimits.count] ? 'cut' : isPdf ? 'pdf' : undefined
    const message = { type: 'pictures', pictures: pictures.slice(0, pagePictureLimits.count), note } as const
    const text = JSON.stringify(message)
    if (signal.aborted || text === told) return
    told = text
    send(message)
  }

  const { roots, gather } = watchChanges(tell, () => send({ type: 'frame-added' }), signal)
  const list = createLister(gather, signal)

  const picker = createPicker(createOutline(), {
    onAt: image => send({ type: 'at', id: image && factsOf(image).id }),
    onKey: (key, shift) => send({ type: 'key', key, shift }),
    onTake: (image, more) => send({ type: 'picked', picture: factsOf(image), more }),
  })

  async function answer(message: PanelToPage) {
    if ('frame' in message && message.frame !== frame) return
    switch (message.type) {
      case 'list':
        told = ''
        return tell()
      case 'pick-start':
        return picker.start()
      case 'pick-stop':
        return picker.stop()
      case 'show':
        return picker.show(findImage(message.id), message.block)
      case 'place':
        return send({ type: 'place', id: message.id, place: await placeOf(message.id) })
      case 'read':
        send({ ...message, type: 'bytes', data: await readPicture(message, signal) })
    }
  }

  signal.addEventListener('abort', picker.stop)
  port.onMessage.addListener(answer)
  port.onDisconnect.addListener(() => {
    // Reading it keeps Chrome from reporting the closed port in the page's console.
    void chrome.runtime.lastError
    closing.abort()
  })
  function leave() {
    send({ type: 'gone' })
    // A page that waits to be gone back to would hold its requests open, and with them the site's few connections.
    closing.abort()
  }

  addEventListener('pagehide', leave, { signal })
}
