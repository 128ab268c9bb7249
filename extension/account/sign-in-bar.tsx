import { freeCredits } from '../../bff/contract/values.ts'
import type { ApiProblemCode } from '../platform/api/problem.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { problemText } from '../ui/problem-text.ts'
import { startSignIn, useAccount } from './store.ts'

/** Stands where Generate stands while nobody is signed in. Everything above it works all the same. */
export function SignInBar() {
  const t = useT()
  const isSigningIn = useAccount(({ status }) => status === 'signing-in')
  const expired = useAccount(account => account.expired)
  const returning = useAccount(account => account.returning)
  const enter = () => void startSignIn()
  return (
    <div className="sign-in">
      {isSigningIn ? (
        <Button className="button-wide" onClick={enter}>
          {t('account.sign_in.restart')}
        </Button>
      ) : (
        <Button look="act" onClick={enter}>
          {expired ? t('account.sign_in.again') : t('account.sign_in.generate')}
          {!returning && <em>{t('account.sign_in.free', { count: freeCredits })}</em>}
        </Button>
      )}
      <p role="status">
        <StateSentence />
      </p>
    </div>
  )
}

/** Where the sign-in stands: the newest thing first. */
function StateSentence() {
  const t = useT()
  const isSigningIn = useAccount(({ status }) => status === 'signing-in')
  const expired = useAccount(account => account.expired)
  const signInProblem = useAccount(account => account.signInProblem)
  if (signInProblem) return problemText(signInProblem as ApiProblemCode)
  if (isSigningIn) return t('account.sign_in.waiting')
  return expired ? t('account.expired') : t('account.sign_in.about')
}
