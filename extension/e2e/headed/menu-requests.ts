import type { TestBrowser } from '../fixtures/browser.ts'

type Step = 'left' | 'taken'

/** Follows the requests the menu leaves for a panel; answers the way to read what happened so far. */
export async function watchMenuRequests(chromium: TestBrowser): Promise<() => Promise<Step[]>> {
  const worker = await chromium.worker()
  const steps = await worker.evaluateHandle(() => {
    const seen: Step[] = []
    chrome.storage.session.onChanged.addListener(({ menuRequest }) => {
      if (menuRequest) seen.push(menuRequest.newValue ? 'left' : 'taken')
    })
    return seen
  })
  return () => steps.jsonValue()
}
