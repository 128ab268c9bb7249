import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useT } from '../platform/i18n/i18n.ts'
import { useIsLargeOpen } from '../results/large/large.ts'
import { LargeView } from '../results/large/large-view.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { scrollOf, useScreen } from '../ui/navigation.ts'
import { NoticeList } from '../ui/notice-list.tsx'
import { Header } from './header.tsx'
import { Help } from './help.tsx'
import { useTurn } from './lifecycle.ts'
import { ScreenFoot, screens } from './screens.tsx'
import { StateLines } from './state-lines.tsx'
import { useKeys } from './use-keys.ts'

/** The frame of the panel: one screen at a time, and what lies around it. */
export function App() {
  const t = useT()
  const screen = useScreen()
  const isCovered = useIsLargeOpen()
  const foot = useFoot()
  const turn = useTurn()
  const { Content } = screens[screen]
  useKeys()
  // In braces: newer Chrome answers scrollTo with a promise, which React would take for a clean-up.
  useLayoutEffect(() => {
    scrollTo(0, scrollOf(screen))
  }, [screen])

  return (
    <>
      <div className="frame" inert={isCovered}>
        <Header />
        <main className="screen">
          <h1 className="only-heard">{t(`panel.screen.${screen}`)}</h1>
          <ErrorBoundary key={`${screen} ${turn}`}>
            <Content />
          </ErrorBoundary>
        </main>
        <footer className="foot" ref={foot}>
          <StateLines />
          <ErrorBoundary key={screen}>
            <ScreenFoot screen={screen} />
          </ErrorBoundary>
        </footer>
      </div>
      <ErrorBoundary key={turn}>
        <LargeView />
      </ErrorBoundary>
      <NoticeList />
      <Help />
    </>
  )
}

/** Publishes the foot's height as --foot: notices stand above it, and what gets the focus is scrolled clear of it. */
function useFoot(): RefObject<HTMLElement | null> {
  const foot = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = foot.current
    if (!element) return
    const observer = new ResizeObserver(() => {
      document.documentElement.style.setProperty('--foot', `${element.offsetHeight}px`)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return foot
}
