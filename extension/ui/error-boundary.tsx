import { Component, type ReactNode } from 'react'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from './button.tsx'

/** Catches what breaks in one part of the panel; the other parts, and the stored draft, are not touched. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError = () => ({ isBroken: true })

  override render() {
    if (!this.state.isBroken) return this.props.children
    return <Broken onAgain={() => this.setState({ isBroken: false })} />
  }
}

function Broken({ onAgain }: { onAgain: () => void }) {
  const t = useT()
  return (
    <div className="note" role="alert">
      <p>{t('panel.broken')}</p>
      <div className="note-actions">
        <Button look="link" onClick={onAgain}>
          {t('panel.broken.again')}
        </Button>
        <Button look="link" onClick={() => location.reload()}>
          {t('panel.broken.reload')}
        </Button>
      </div>
    </div>
  )
}
