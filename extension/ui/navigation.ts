import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** The screens of the panel; what each shows is a row in app/screens.tsx. */
export type ScreenName = 'make' | 'history' | 'credits'

const navigation = createStore<{ screen: ScreenName }>(() => ({ screen: 'make' }))
/** Where each screen was scrolled to when it was left. */
const scrolled = new Map<ScreenName, number>()

export const useScreen = () => useStore(navigation, state => state.screen)

export function openScreen(screen: ScreenName) {
  const from = navigation.getState().screen
  if (from === screen) return
  scrolled.set(from, window.scrollY)
  navigation.setState({ screen })
}

export const scrollOf = (screen: ScreenName) => scrolled.get(screen) ?? 0
