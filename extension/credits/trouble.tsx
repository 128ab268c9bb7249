import { useT } from '../platform/i18n.ts'
import type { ApiProblem } from '../platform/problem.ts'
import { Button } from '../shell/button.tsx'
import { problemText } from '../shell/problem-text.ts'

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
