export type Root = Document | ShadowRoot

/** Pages are full of these, and none of them can carry a shadow root: asking Chrome about each takes long. */
const plain = /^(a|b|br|i|img|li|td|tr|ul)$/

/** The shadow root of an element, open or closed. */
export const shadowOf = (element: Element): ShadowRoot | null =>
  element instanceof HTMLElement && !plain.test(element.localName) ? chrome.dom.openOrClosedShadowRoot(element) : null

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
