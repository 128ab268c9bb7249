import '../../../bff/web/assets/tokens.css'
import '../../ui/sizes.css'
import '../../app/app.css'
import '../../ui/controls.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startAccount } from '../../account/store.ts'
import { App } from '../../app/app.tsx'
import { startTheme } from '../../app/theme.ts'
import { startCredits } from '../../credits/start.ts'
import { startLanguage } from '../../platform/i18n/i18n.ts'
import { startSettings } from '../../platform/settings.ts'
import { startStudio } from '../../studio/start.ts'

await startSettings()
startLanguage()
startTheme()
void startAccount()
startCredits()
void startStudio()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
