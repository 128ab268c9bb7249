import { t } from '../../platform/i18n/i18n.ts'
import type { MenuRequest } from '../../platform/storage/items.ts'
import { menuRequestItem } from '../../platform/storage/items.ts'
import { showNotice } from '../../ui/notices.ts'
import { intake, page, takeListed } from '../intake.ts'
import { pageStore } from '../strip/page-store.ts'
import { openMenuDoor } from './menu-request.ts'
import { type Brought, isTextField, readDrop, readPaste } from './transfer.ts'

/** Takes files the person chose, dropped or pasted. */
export const takeFiles = (files: readonly File[], kind: 'pasted' | 'dropped' | 'file') => {
  for (const file of files) void intake.takeBlob(file, { name: file.name, origin: { kind } })
}

const take = ({ pictures, refused, address }: Brought, kind: 'pasted' | 'dropped') => {
  takeFiles(pictures, kind)
  const { tabId } = pageStore.getState()
  if (address && tabId !== null) void intake.takeAddress({ src: address, tabId }, { name: '', origin: { kind } })
  else if (refused > 0 || (kind === 'dropped' && pictures.length === 0))
    showNotice({ text: t('sources.tell.no_picture'), tone: 'warn' })
}

const onPaste = (event: ClipboardEvent) => {
  if (!event.clipboardData) return
  const brought = readPaste(event.clipboardData, isTextField(event.target))
  if (brought.pictures.length === 0) return
  event.preventDefault()
  take(brought, 'pasted')
}

const mayDrop = (event: DragEvent) =>
  event.dataTransfer !== null && ['Files', 'text/uri-list'].some(type => event.dataTransfer?.types.includes(type))

const setDragging = (dragging: boolean) => document.documentElement.toggleAttribute('data-dragging', dragging)

const onDragOver = (event: DragEvent) => {
  if (!mayDrop(event) || !event.dataTransfer) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  setDragging(true)
}

const onDragLeave = (event: DragEvent) => {
  // Null: the pointer left the panel, not only one of its parts.
  if (event.relatedTarget === null) setDragging(false)
}

const onDrop = (event: DragEvent) => {
  setDragging(false)
  if (!mayDrop(event) || !event.dataTransfer) return
  event.preventDefault()
  take(readDrop(event.dataTransfer), 'dropped')
}

/** A picture the strip shows as well is taken as that one, so that its tile is marked. */
const takeRightClicked = ({ src, tabId }: MenuRequest) => {
  const front = pageStore.getState()
  const listed = front.tabId === tabId ? front.pictures.find(picture => picture.src === src) : undefined
  if (listed) takeListed(listed, tabId, true)
  else void intake.takeAddress({ src, tabId }, { name: '', origin: { kind: 'menu' }, wanted: true })
}

/** Opens paste, drop and right-click for the whole panel. Returns the way to close them. */
export const openDoors = (windowId: number) => {
  const stop = new AbortController()
  const { signal } = stop
  document.addEventListener('paste', onPaste, { signal })
  document.addEventListener('dragover', onDragOver, { signal })
  document.addEventListener('dragleave', onDragLeave, { signal })
  document.addEventListener('drop', onDrop, { signal })
  const closeMenu = openMenuDoor({
    item: menuRequestItem,
    windowId,
    exclusively: run => navigator.locks.request('mimicit-menu-request', run),
    take: takeRightClicked,
  })
  return () => {
    stop.abort()
    closeMenu()
  }
}

export const togglePicking = () => page.togglePicking()
