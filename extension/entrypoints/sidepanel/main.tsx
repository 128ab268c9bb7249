import '../../../bff/web/assets/tokens.css'
import '../../ui/sizes.css'
import '../../app/app.css'
import '../../ui/controls.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../../app/app.tsx'
import { startLook, startPanel } from '../../app/lifecycle.ts'

await startLook()
void startPanel()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
