export type Root = Document | ShadowRoot

/** The only elements that can carry a shadow root; asking Chrome about every element is slow on a long page. */
const host = /-|^(article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/

/** The shadow root of an element, open or closed. */
export const shadowOf = (element: Element): ShadowRoot | null =>
  host.test(element.localName) ? chrome.dom.openOrClosedShadowRoot(element as HTMLElement) : null

export const isFrame = (element: EventTarget) => 'contentWindow' in element

/** A root and all shadow roots under it; in a document under its body, because our own outline is beside that. */
export function rootsUnder(root: Root): Root[] {
  const roots = [root]
  for (const element of ((root as Document).body ?? root).querySelectorAll('*')) {
    const shadow = shadowOf(element)
    if (shadow) roots.push(...rootsUnder(shadow))
  }
  return roots
}
