import { isFrame, type Root, rootsUnder } from './roots.ts'

/** Long enough to gather a burst, short enough to seem at once. */
const gatherMs = 200

/** Pages that are never idle are searched all the same. */
const idle = { timeout: 1000 }

/**
 * Calls back after scrolling, resizing, loading and changes of the page's tree, at most every 200 ms, until the signal
 * aborts. Returns the way to the frame's document and shadow roots, and to a call for another reason. Shadow roots are
 * searched for when the page has nothing to do, because in long pages that takes longer than the list itself.
 */
export function watchChanges(onChange: () => void, onFrame: () => void, signal: AbortSignal) {
  let roots: Root[] = []
  let search: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const options = { capture: true, signal }

  function gather() {
    timer ??= setTimeout(() => {
      timer = undefined
      onChange()
    }, gatherMs)
  }

  function onLoad({ target }: Event) {
    if (isFrame(target!)) onFrame()
    gather()
  }

  const observer = new MutationObserver(records => {
    if (records.some(({ type }) => type === 'childList')) findRoots()
    gather()
  })

  // Neither mutations nor scroll and load events leave a shadow root; watching the same root again changes nothing.
  function watch(root: Root) {
    root.addEventListener('scroll', gather, options)
    root.addEventListener('load', onLoad, options)
    observer.observe(root, { childList: true, subtree: true, attributes: true })
  }

  function findRoots() {
    search ??= requestIdleCallback(() => {
      search = undefined
      const known = roots
      roots = rootsUnder(document)
      roots.forEach(watch)
      if (roots.some(root => !known.includes(root))) onChange()
    }, idle)
  }

  addEventListener('resize', gather, options)
  signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
    cancelIdleCallback(search!)
  })

  return {
    gather,
    /** Those that are known by now; the page's own document always is. */
    roots(): readonly Root[] {
      if (!roots[0]) {
        roots = [document]
        watch(document)
        findRoots()
      }
      return roots
    },
  }
}
