import { AccountPart } from '../account/account-part.tsx'
import { useT } from '../platform/i18n.ts'
import { origin } from '../platform/origin.ts'
import { changeSettings, useSettings } from '../platform/settings.ts'
import { languages, themes } from '../platform/storage.ts'
import { clearLocalHistory } from '../results/store.ts'
import { Segmented } from './choice.tsx'
import { openHelp } from './help.tsx'
import { Icon } from './icon.tsx'
import { showNotice } from './notices.ts'

const menuId = 'menu'
const closeMenu = () => document.getElementById(menuId)?.hidePopover()

/** A language is named in itself, so that one who cannot read the current one finds it. */
const languageNames = { en: 'English', ja: '日本語' }

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
    showNotice({ text: t('shell.menu.cleared') })
  }

  return (
    <>
      <button
        type="button"
        className="icon-button"
        popoverTarget={menuId}
        aria-label={t('shell.menu')}
        title={t('shell.menu')}
      >
        <Icon name="more" />
      </button>
      <div id={menuId} popover="auto" role="dialog" aria-label={t('shell.menu')} className="menu">
        <AccountPart onDone={closeMenu} />
        <div className="menu-part">
          <h3>{t('shell.theme')}</h3>
          <Segmented
            label={t('shell.theme')}
            options={themes.map(value => ({ value, label: t(`shell.theme.${value}`) }))}
            value={theme}
            onChange={value => void changeSettings({ theme: value })}
          />
          <h3>{t('shell.language')}</h3>
          <Segmented
            label={t('shell.language')}
            options={languages.map(value => ({
              value,
              label: value === 'auto' ? t('shell.language.auto') : <span lang={value}>{languageNames[value]}</span>,
            }))}
            value={language}
            onChange={value => void changeSettings({ language: value })}
          />
        </div>
        <div className="menu-part menu-list">
          <button type="button" onClick={showHelp}>
            {t('shell.keys')}
          </button>
          <button type="button" onClick={() => void clear()}>
            {t('shell.menu.clear')}
          </button>
          <a href={origin} target="_blank" rel="noreferrer">
            {t('shell.menu.web')}
          </a>
        </div>
      </div>
    </>
  )
}
