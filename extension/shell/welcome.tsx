import { useT } from '../platform/i18n.ts'
import { changeSettings, useSettings } from '../platform/settings.ts'
import { Button } from './button.tsx'

/** Stands above everything on the very first opening, and never again. */
export function Welcome() {
  const t = useT()
  const isSeen = useSettings(settings => settings.welcomed)
  if (isSeen) return null
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">{t('shell.welcome.title')}</h2>
      <ol>
        <li>{t('shell.welcome.pick')}</li>
        <li>{t('shell.welcome.say')}</li>
        <li>{t('shell.welcome.generate')}</li>
      </ol>
      <p>{t('shell.welcome.private')}</p>
      <Button onClick={() => void changeSettings({ welcomed: true })}>{t('shell.welcome.start')}</Button>
    </section>
  )
}
