import { useEffect, useLayoutEffect } from 'react'
import { SignInBar } from '../account/sign-in-bar.tsx'
import { useAccount } from '../account/store.ts'
import { CreditsPage } from '../credits/credits-page.tsx'
import { LowBalanceNote } from '../credits/low-balance-note.tsx'
import { useT } from '../platform/i18n.ts'
import { HistoryPage } from '../results/history-page.tsx'
import { useIsLargeOpen } from '../results/large.ts'
import { LargeView } from '../results/large-view.tsx'
import { ResultsFeed } from '../results/results-feed.tsx'
import { startFollowing, stopFollowing } from '../results/store.ts'
import { SourcesSection } from '../sources/sources-section.tsx'
import { GenerateBar } from '../studio/generate-bar.tsx'
import { ProblemNote } from '../studio/problem-note.tsx'
import { StudioSection } from '../studio/studio-section.tsx'
import { useRefusedPicture } from '../studio/submit/refused-picture.ts'
import { Guard } from './guard.tsx'
import { handOver } from './hand-over.ts'
import { Header } from './header.tsx'
import { Help } from './help.tsx'
import { scrollOf, usePage } from './navigation.ts'
import { NoticeList } from './notice-list.tsx'
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
          <h1 className="only-heard">{t(`shell.page.${page}`)}</h1>
          {page === 'make' ? (
            <MakePage />
          ) : (
            <Guard key={page}>{page === 'credits' ? <CreditsPage /> : <HistoryPage handOver={handOver} />}</Guard>
          )}
        </main>
        <footer className="foot" ref={foot}>
          <StateLines />
          {page === 'make' && <Guard>{isOut(status) ? <SignInBar /> : <GenerateBar />}</Guard>}
          {page === 'credits' && isOut(status) && <SignInBar />}
        </footer>
      </div>
      <Guard>
        <LargeView handOver={handOver} />
      </Guard>
      <NoticeList />
      <Help />
    </>
  )
}

const isOut = (status: string) => status === 'signed-out' || status === 'signing-in'

function MakePage() {
  const refused = useRefusedPicture()
  return (
    <>
      <Welcome />
      <Guard>
        <SourcesSection note={<ProblemNote place="pictures" />} refused={refused} />
      </Guard>
      <Guard>
        <StudioSection />
      </Guard>
      <Guard>
        <LowBalanceNote />
        <ResultsFeed handOver={handOver} />
      </Guard>
    </>
  )
}
