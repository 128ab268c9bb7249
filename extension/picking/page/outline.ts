import { shownSize } from './pictures.ts'

/** `all` undoes what the page's rules say about a bare element; important inline rules beat every rule of a page. */
const hostStyle = 'all:initial!important;position:fixed!important'

/** The seal between two white hairlines, so that it shows on any picture and any page. */
const lineStyle =
  'all:initial;position:fixed;overflow:hidden;pointer-events:none;outline:3px solid #c93a22;box-shadow:inset 0 0 0 1px #fff,0 0 0 4px #fff;inset:'

const labelStyle =
  'display:inline-block;padding:2px 6px;background:#c93a22;color:#fff;font:12px system-ui;white-space:nowrap'

export interface Outline {
  /** Stands on a picture and follows it; null: on none. */
  at(image: HTMLImageElement | null): void
  /** Takes everything out of the page. */
  remove(): void
}

function add(parent: Node, style: string): HTMLElement {
  const element = document.createElement('div')
  element.style.cssText = style
  parent.appendChild(element)
  return element
}

/** The line around one picture, with its size and words for screen readers; nothing of the page itself is touched. */
export function createOutline(): Outline {
  let host: HTMLElement | undefined
  let line: HTMLElement
  let label: HTMLElement
  let frame = 0

  function build() {
    host = add(document.documentElement, hostStyle)
    line = add(host.attachShadow({ mode: 'closed' }), '')
    label = add(line, labelStyle)
    label.role = 'status'
    line.popover = 'manual'
  }

  function at(image: HTMLImageElement | null) {
    cancelAnimationFrame(frame)
    if (image) {
      if (!host) build()
      // The newest popover is above the page's dialogs; in a shadow root no rule of the page reaches its backdrop.
      line.hidePopover()
      line.showPopover()
      const { width, height } = shownSize(image)
      label.replaceChildren(`${width} × ${height} ${image.alt}`)
    }
    if (host) follow(image)
  }

  function follow(image: HTMLImageElement | null) {
    if (image?.checkVisibility()) {
      const { left, top, right, bottom } = image.getBoundingClientRect()
      // A picture larger than the window keeps its line inside.
      line.style.cssText = `${lineStyle}max(4px,${top}px) max(4px,100% - ${right}px) max(4px,100% - ${bottom}px) max(4px,${left}px)`
      frame = requestAnimationFrame(() => follow(image))
    } else line.style.cssText = 'display:none'
  }

  return {
    at,
    remove() {
      at(null)
      host?.remove()
      host = undefined
    },
  }
}
