import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Those that the header names; the balance in it leads to the page of credits. */
export const pages = ['make', 'history'] as const
export type Page = (typeof pages)[number] | 'credits'

const navigation = createStore<{ page: Page }>(() => ({ page: 'make' }))
/** Where each page was scrolled to when it was left. */
const scrolled = new Map<Page, number>()

export const usePage = () => useStore(navigation, state => state.page)

export function openPage(page: Page) {
  const from = navigation.getState().page
  if (from === page) return
  scrolled.set(from, window.scrollY)
  navigation.setState({ page })
}

export const scrollOf = (page: Page) => scrolled.get(page) ?? 0
