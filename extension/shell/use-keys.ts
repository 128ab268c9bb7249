import { useEffect } from 'react'
import { settings } from '../platform/settings.ts'
import { togglePicking } from '../sources/doors/doors.ts'
import { pressGenerate } from '../studio/submit/submission.ts'
import { openHelp } from './help.tsx'
import { actionOf, type KeyAction, takesText } from './keys.ts'
import { openPage } from './navigation.ts'
import { undoLast } from './notices.ts'

const onMake = (run: () => void) => () => {
  openPage('make')
  run()
}

const focusPrompt = () => document.querySelector<HTMLTextAreaElement>('main textarea')?.focus()

const actions: Record<KeyAction, () => unknown> = {
  generate: onMake(pressGenerate),
  prompt: onMake(() => requestAnimationFrame(focusPrompt)),
  pick: onMake(togglePicking),
  undo: undoLast,
  make: () => openPage('make'),
  history: () => openPage('history'),
  help: openHelp,
}

/** Listens for the keyboard map; a dialog or the large view that is open keeps the keys to itself. */
export function useKeys() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open], [aria-modal=true]')) return
      const { singleKeys } = settings.getState()
      const action = actionOf(event, { typing: takesText(document.activeElement), singleKeys })
      if (action === null) return
      event.preventDefault()
      actions[action]()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
