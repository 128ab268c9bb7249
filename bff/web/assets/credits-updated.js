// Tells the extension that credits have moved, so that it reads its balance again. The message holds nothing else.
const script = document.currentScript
const extensions = script.dataset.extensions.split(' ')
script.remove()

// In a browser without the extension there is nobody to tell; the page has said everything itself.
for (const extension of extensions)
  globalThis.chrome?.runtime?.sendMessage?.(extension, { type: 'credits-updated' }, () => void chrome.runtime.lastError)
