import { useEffect, useLayoutEffect } from 'react'
import { SignInBar } from '../account/sign-in-bar.tsx'
import { useAccount } from '../account/store.ts'
import { CreditsPage } from '../credits/credits-page.tsx'
import { LowBalanceNote } from '../credits/low-balance-note.tsx'
import { startFollowing, stopFollowing } from '../jobs/jobs.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { ResultsFeed } from '../results/feed/results-feed.tsx'
import { HistoryPage } from '../results/history/history-page.tsx'
import { useIsLargeOpen } from '../results/large/large.ts'
import { LargeView } from '../results/large/large-view.tsx'
import { SourcesSection } from '../sources/sources-section.tsx'
import { usePicturesLeft } from '../studio/order/pictures-left.ts'
import { GenerateBar } from '../studio/press/generate-bar.tsx'
import { ProblemNote } from '../studio/press/problem-note.tsx'
import { useRefusedPicture } from '../studio/press/refused-picture.ts'
import { ReadSlot } from '../studio/reading/read-slot.tsx'
import { StudioSection } from '../studio/studio-section.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { scrollOf, usePage } from '../ui/navigation.ts'
import { NoticeList } from '../ui/notice-list.tsx'
import { Header } from './header.tsx'
import { Help } from './help.tsx'
import { StateLines } from './state-lines.tsx'
import { useFoot } from './use-foot.ts'
import { useKeys } from './use-keys.ts'
import { Welcome } from './welcome.tsx'

/** The frame of the panel: composes the rooms, and holds what lies around them. */
export function App() {
  const t = useT()
  const page = usePage()
  const status = useAccount(account => account.status)
  const isCovered = useIsLargeOpen()
  const foot = useFoot()
  useKeys()
  // In braces: newer Chrome answers scrollTo with a promise, which React would take for a clean-up.
  useLayoutEffect(() => {
    scrollTo(0, scrollOf(page))
  }, [page])
  useEffect(() => {
    if (status !== 'signed-in') return
    startFollowing()
    return stopFollowing
  }, [status])

  return (
    <>
      <div className="frame" inert={isCovered}>
        <Header />
        <main className="page">
          <h1 className="only-heard">{t(`panel.page.${page}`)}</h1>
          {page === 'make' ? (
            <MakePage />
          ) : (
            <ErrorBoundary key={page}>{page === 'credits' ? <CreditsScreen /> : <HistoryPage />}</ErrorBoundary>
          )}
        </main>
        <footer className="foot" ref={foot}>
          <StateLines />
          {page === 'make' && <ErrorBoundary>{isOut(status) ? <SignInBar /> : <GenerateBar />}</ErrorBoundary>}
          {page === 'credits' && isOut(status) && <SignInBar />}
        </footer>
      </div>
      <ErrorBoundary>
        <LargeView />
      </ErrorBoundary>
      <NoticeList />
      <Help />
    </>
  )
}

const isOut = (status: string) => status === 'signed-out' || status === 'signing-in'

function CreditsScreen() {
  return <CreditsPage picturesLeft={usePicturesLeft()} />
}

function MakePage() {
  const refused = useRefusedPicture()
  return (
    <>
      <Welcome />
      <ErrorBoundary>
        <SourcesSection
          note={<ProblemNote place="pictures" />}
          refused={refused}
          actions={slotId => <ReadSlot slotId={slotId} />}
        />
      </ErrorBoundary>
      <ErrorBoundary>
        <StudioSection />
      </ErrorBoundary>
      <ErrorBoundary>
        <LowBalanceNote />
        <ResultsFeed />
      </ErrorBoundary>
    </>
  )
}
