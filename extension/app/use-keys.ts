import { useEffect } from 'react'
import { settings } from '../platform/settings.ts'
import { togglePicking } from '../sources/inputs/inputs.ts'
import { making } from '../studio/press/making.ts'
import { focusPrompt } from '../studio/prompt/focus-prompt.ts'
import { openScreen } from '../ui/navigation.ts'
import { undoLast } from '../ui/notices.ts'
import { openHelp } from './help.tsx'
import { acceptsText, actionOf, type KeyAction } from './keys.ts'

const onMake = (run: () => void) => () => {
  openScreen('make')
  run()
}

const actions: Record<KeyAction, () => unknown> = {
  generate: onMake(() => void making.press()),
  prompt: onMake(focusPrompt),
  pick: onMake(togglePicking),
  undo: undoLast,
  make: () => openScreen('make'),
  history: () => openScreen('history'),
  help: openHelp,
}

/** Under a dialog or the large view, only a change can be taken back; the other keys are for what lies below. */
const isCovered = () => document.querySelector('dialog[open], [aria-modal=true]') !== null

/** Listens for the keyboard map. */
export function useKeys() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { singleKeys } = settings.getState()
      const action = actionOf(event, { typing: acceptsText(document.activeElement), singleKeys })
      if (action === null || (isCovered() && action !== 'undo')) return
      event.preventDefault()
      actions[action]()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
