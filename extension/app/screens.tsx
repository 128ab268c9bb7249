import type { ReactNode } from 'react'
import { SignInBar } from '../account/sign-in-bar.tsx'
import { useAccount } from '../account/store.ts'
import { CreditsPage } from '../credits/credits-page.tsx'
import { LowBalanceNote } from '../credits/low-balance-note.tsx'
import { ResultsFeed } from '../results/feed/results-feed.tsx'
import { HistoryPage } from '../results/history/history-page.tsx'
import { SourcesSection } from '../sources/sources-section.tsx'
import { useCurrentModel, usePicturesLeft } from '../studio/order/current.ts'
import { GenerateBar } from '../studio/press/generate-bar.tsx'
import { MakingProblem, useRefusedPicture } from '../studio/press/making-problem.tsx'
import { ReadSlot } from '../studio/reading/read-slot.tsx'
import { StudioSection } from '../studio/studio-section.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import type { ScreenName } from '../ui/navigation.ts'
import { Welcome } from './welcome.tsx'

interface Screen {
  Content: () => ReactNode
  /** Stands at the foot of the panel while somebody is signed in; without one, nothing does. */
  Foot?: () => ReactNode
  /** Whether one signs in on this screen. */
  asksSignIn: boolean
  /** Whether the header names it; the others are reached from elsewhere. */
  inHeader: boolean
}

/** Every screen of the panel is one row; its title is the text `panel.screen.<name>`. */
export const screens: Readonly<Record<ScreenName, Screen>> = {
  make: { Content: Make, Foot: GenerateBar, asksSignIn: true, inHeader: true },
  history: { Content: HistoryPage, asksSignIn: false, inHeader: true },
  credits: { Content: Credits, asksSignIn: true, inHeader: false },
}

export const screenNames = Object.keys(screens) as ScreenName[]

/** What stands at the foot: the way in while nobody is signed in, else what the screen has there. */
export function ScreenFoot({ screen }: { screen: ScreenName }) {
  const isOut = useAccount(({ status }) => status === 'signed-out' || status === 'signing-in')
  const { asksSignIn, Foot } = screens[screen]
  if (isOut && asksSignIn) return <SignInBar />
  return Foot ? <Foot /> : null
}

function Make() {
  const model = useCurrentModel()
  const refused = useRefusedPicture()
  return (
    <>
      <Welcome />
      <ErrorBoundary>
        <SourcesSection
          model={model}
          note={<MakingProblem topic="pictures" />}
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

function Credits() {
  const available = useAccount(({ balance }) => balance?.available ?? 0)
  return <CreditsPage picturesLeft={usePicturesLeft(available)} />
}
