import { useT } from '../platform/i18n/i18n.ts'
import { changeSettings, useSettings } from '../platform/settings.ts'
import { Button } from '../ui/button.tsx'

/** Stands above everything on the very first opening, and never again. */
export function Welcome() {
  const t = useT()
  const isSeen = useSettings(settings => settings.welcomed)
  if (isSeen) return null
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">{t('panel.welcome.title')}</h2>
      <ol>
        <li>{t('panel.welcome.pick')}</li>
        <li>{t('panel.welcome.say')}</li>
        <li>{t('panel.welcome.generate')}</li>
      </ol>
      <p>{t('panel.welcome.private')}</p>
      <Button onClick={() => void changeSettings({ welcomed: true })}>{t('panel.welcome.start')}</Button>
    </section>
  )
}
