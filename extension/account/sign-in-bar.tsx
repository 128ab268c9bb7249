import { useT } from '../platform/i18n.ts'
import type { ApiProblemCode } from '../platform/problem.ts'
import { Button } from '../shell/button.tsx'
import { problemText } from '../shell/problem-text.ts'
import { freeCredits } from './free-credits.ts'
import { startSignIn, useAccount } from './store.ts'

/** Stands where Generate stands while nobody is signed in. Everything above it works all the same. */
export function SignInBar() {
  const t = useT()
  const { status, expired, signInProblem } = useAccount()
  const isWaiting = status === 'signing-in'
  const line = signInProblem
    ? problemText(signInProblem as ApiProblemCode)
    : isWaiting
      ? t('account.sign_in.waiting')
      : expired
        ? t('account.expired')
        : t('account.sign_in.about')
  const label = isWaiting
    ? t('account.sign_in.restart')
    : expired
      ? t('account.sign_in.again')
      : t('account.sign_in.generate')
  return (
    <div className="sign-in">
      <Button look="act" onClick={() => void startSignIn()}>
        {label}
        {!isWaiting && !expired && <em>{t('account.sign_in.free', { count: freeCredits })}</em>}
      </Button>
      <p role="status">{line}</p>
    </div>
  )
}
