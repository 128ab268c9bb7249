// Gives the one-time code to the extension and says what came of it. The code is worth nothing to anybody else:
// only the extension that began this sign-in holds the verifier.
const script = document.currentScript
const { extension, state, code } = script.dataset
script.remove()

/** The extension exchanges the code before it answers. */
const patience = 10_000

const show = outcome => {
  for (const line of document.querySelectorAll('[data-outcome]')) line.hidden = line.dataset.outcome !== outcome
}

if (!globalThis.chrome?.runtime?.sendMessage) show('missing')
else {
  const timer = setTimeout(show, patience, 'silent')
  chrome.runtime.sendMessage(extension, { type: 'auth-state-changed', state, code }, () => {
    clearTimeout(timer)
    show(chrome.runtime.lastError ? 'silent' : 'done')
  })
}
