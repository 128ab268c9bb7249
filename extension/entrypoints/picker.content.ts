import { defineContentScript } from 'wxt/utils/define-content-script'
import { listenForPanel } from '../picking/page/listen.ts'

export default defineContentScript({
  matches: ['<all_urls>'],
  allFrames: true,
  matchOriginAsFallback: true,
  main: listenForPanel,
})
