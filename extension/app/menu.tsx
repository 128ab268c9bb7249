import { languages } from '../../bff/contract/values.ts'
import { AccountPart } from '../account/account-part.tsx'
import { openCredits } from '../credits/store.ts'
import { clearLocalHistory } from '../jobs/jobs.ts'
import { origin } from '../platform/api/origin.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { changeSettings, useSettings } from '../platform/settings.ts'
import { languageSettings, themes } from '../platform/storage/items.ts'
import { Segmented } from '../ui/choice.tsx'
import { Icon } from '../ui/icon.tsx'
import { showNotice } from '../ui/notices.ts'
import { openHelp } from './help.tsx'

const menuId = 'menu'
const closeMenu = () => document.getElementById(menuId)?.hidePopover()

/** A language is named in itself, so that one who cannot read the current one finds it. */

export function Menu() {
  const t = useT()
  const theme = useSettings(settings => settings.theme)
  const language = useSettings(settings => settings.language)

  const showHelp = () => {
    closeMenu()
    openHelp()
  }
  const clear = async () => {
    closeMenu()
    await clearLocalHistory()
    showNotice({ text: t('panel.menu.cleared') })
  }

  return (
    <>
      <button
        type="button"
        className="icon-button"
        popoverTarget={menuId}
        aria-label={t('panel.menu')}
        title={t('panel.menu')}
      >
        <Icon name="more" />
      </button>
      <div id={menuId} popover="auto" role="dialog" aria-label={t('panel.menu')} className="menu">
        <AccountPart onDone={closeMenu} onCredits={openCredits} />
        <div className="menu-part">
          <h3>{t('panel.theme')}</h3>
          <Segmented
            label={t('panel.theme')}
            options={themes.map(value => ({ value, label: t(`panel.theme.${value}`) }))}
            value={theme}
            onChange={value => void changeSettings({ theme: value })}
          />
          <h3>{t('panel.language')}</h3>
          <Segmented
            label={t('panel.language')}
            options={languageSettings.map(value => ({
              value,
              label: value === 'auto' ? t('panel.language.auto') : <span lang={value}>{languages[value]}</span>,
            }))}
            value={language}
            onChange={value => void changeSettings({ language: value })}
          />
        </div>
        <div className="menu-part menu-list">
          <button type="button" onClick={showHelp}>
            {t('panel.keys')}
          </button>
          <button type="button" onClick={() => void clear()}>
            {t('panel.menu.clear')}
          </button>
          <a href={origin} target="_blank" rel="noreferrer">
            {t('panel.menu.web')}
          </a>
        </div>
      </div>
    </>
  )
}
