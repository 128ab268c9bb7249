import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { showNotice } from '../ui/notices.ts'
import { signOut, startSignIn, useAccount } from './store.ts'
import { openAccountPage } from './web-pages.ts'

/** The menu's part about the person: who is signed in, what the credits are made of, the way in and out. */
export function AccountPart({ onDone, onCredits }: { onDone: () => void; onCredits: () => void }) {
  const t = useT()
  const isSignedIn = useAccount(({ status }) => status === 'signed-in')
  const person = useAccount(account => account.person)
  const balance = useAccount(account => account.balance)

  if (!isSignedIn) {
    const enter = () => {
      onDone()
      void startSignIn()
    }
    return (
      <div className="menu-part">
        <Button onClick={enter}>{t('account.sign_in')}</Button>
      </div>
    )
  }

  const credits = () => {
    onDone()
    onCredits()
  }
  const leave = async () => {
    onDone()
    await signOut()
    showNotice({ text: t('account.signed_out') })
  }
  return (
    <section className="menu-part" aria-label={t('account.menu')}>
      {person && (
        <p className="menu-person">
          <b>{person.name}</b>
          <span>{person.email}</span>
        </p>
      )}
      {balance && (
        <p className="menu-balance">
          <span>{t('panel.menu.free', { count: balance.free })}</span>
          <span>{t('panel.menu.paid', { count: balance.paid })}</span>
          {balance.held > 0 && <span>{t('panel.menu.held', { count: balance.held })}</span>}
        </p>
      )}
      <Button onClick={credits}>{t('credits.title')}</Button>
      <Button onClick={openAccountPage}>{t('account.page')}</Button>
      <Button onClick={() => void leave()}>{t('account.sign_out')}</Button>
    </section>
  )
}
