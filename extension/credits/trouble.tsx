import type { ApiProblem } from '../platform/api/problem.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { problemText } from '../ui/problem-text.ts'

/** Why something could not be read or done, beside it. */
export function Trouble({ problem, onAgain }: { problem: ApiProblem | null; onAgain?: () => unknown }) {
  const t = useT()
  return (
    <div role="alert">
      {problem ? (
        <div className="note">
          {problemText(problem)}
          {onAgain ? (
            <div className="note-actions">
              <Button look="link" onClick={() => void onAgain()}>
                {t('credits.again')}
              </Button>
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
