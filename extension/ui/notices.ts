/** Short messages at the foot of the panel, and the undo that stands on them. */
import { createStore } from 'zustand/vanilla'
import { reset } from '../platform/reset.ts'

export interface NoticeOptions {
  text: string
  tone?: 'plain' | 'warn'
  action?: { label: string; run: () => unknown }
  /** Takes the change back: shows an Undo button, and Ctrl/Cmd+Z runs the newest one. */
  undo?: () => unknown
  /** How long it stands; Infinity = until closed. Default 8 s. */
  ms?: number
}

export interface Notice extends NoticeOptions {
  id: number
  tone: 'plain' | 'warn'
  ms: number
}

/** More than these at once would cover the work. */
const most = 3
let lastId = 0

export const notices = createStore<{ list: readonly Notice[] }>(() => ({ list: [] }))

/** Shows a notice, newest last; returns its id. */
export function showNotice(options: NoticeOptions): number {
  const notice: Notice = { tone: 'plain', ms: 8_000, ...options, id: ++lastId }
  notices.setState(({ list }) => ({ list: [...list, notice].slice(-most) }))
  return notice.id
}

export function closeNotice(id: number) {
  notices.setState(({ list }) => ({ list: list.filter(notice => notice.id !== id) }))
}

/** Runs a notice's action or undo, once, and takes it away. */
export function actOnNotice(id: number, act: 'action' | 'undo') {
  const notice = notices.getState().list.find(entry => entry.id === id)
  if (!notice) return
  closeNotice(id)
  if (act === 'undo') notice.undo?.()
  else notice.action?.run()
}

/** Takes back the newest change that still can be; false when there is none. */
export function undoLast(): boolean {
  const newest = notices.getState().list.findLast(notice => notice.undo)
  if (newest) actOnNotice(newest.id, 'undo')
  return newest !== undefined
}

/** They name what somebody did, and an undo would bring it back. */
export const forgetNotices = () => reset(notices)
