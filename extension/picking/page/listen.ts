import { pickingPort } from '../protocol.ts'
import { serve } from './session.ts'

/** All that happens in a page until a panel asks: one listener, even when the script is put into the page twice. */
export function listenForPanel(): void {
  const { onConnect, id } = chrome.runtime
  if (onConnect.hasListeners()) return
  onConnect.addListener(port => {
    if (port.name === pickingPort && port.sender?.id === id) serve(port)
  })
}
