import '../../shell/tokens.css'
import '../../shell/shell.css'
import '../../shell/controls.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startAccount } from '../../account/store.ts'
import { startCredits } from '../../credits/start.ts'
import { startLanguage } from '../../platform/i18n.ts'
import { startSettings } from '../../platform/settings.ts'
import { App } from '../../shell/app.tsx'
import { startTheme } from '../../shell/theme.ts'
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
