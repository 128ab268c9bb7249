import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { StatementKind } from '../../bff/contract/credits.ts'
import { statementKinds } from '../../bff/contract/values.ts'
import { useModelName } from '../catalogue/use-model-name.ts'
import { useResults } from '../jobs/jobs.ts'
import { api } from '../platform/api/api.ts'
import { formatNumber, formatTime, useLanguage, useT } from '../platform/i18n/i18n.ts'
import { oneOf } from '../platform/shape.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { Section } from '../ui/section.tsx'
import type { ShownLine } from './statement.ts'
import { statement } from './store.ts'
import { Trouble } from './trouble.tsx'
import { useTask } from './use-task.ts'

const all = 'all'
/** Enough of an id to tell two of them apart; its beginning is the time. */
const shortId = (id: string) => id.slice(-6)

/** What the line is about: the model of the job, as long as its picture is known here, else the job's or purchase's number. */
function About({ line: { generationId, purchaseId } }: { line: ShownLine }) {
  const t = useT()
  const model = useResults(({ jobs, pictures }) =>
    generationId === null
      ? undefined
      : (jobs[generationId] ?? Object.values(pictures).find(picture => picture.generationId === generationId))?.model,
  )
  const name = useModelName(model ?? '')
  if (model !== undefined) return name
  if (generationId !== null) return t('credits.line.job', { number: shortId(generationId) })
  return purchaseId === null ? null : t('credits.line.purchase', { number: shortId(purchaseId) })
}

function Line({ line }: { line: ShownLine }) {
  const t = useT()
  const language = useLanguage()
  const signed = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(line.credits)
  return (
    <tr>
      <td>
        {t(`credits.kind.${line.kind}`)}
        <span className="credits-small">
          <About line={line} />
        </span>
        <span className="credits-small">
          {formatTime(line.at)} · {t(`credits.account.${line.account}`)}
        </span>
        {line.returned > 0 && line.kind === 'spent' ? (
          <span className="credits-small">{t('credits.line.returned', { count: line.returned })}</span>
        ) : null}
      </td>
      <td>{signed}</td>
      <td>{line.left === null ? null : formatNumber(line.left)}</td>
    </tr>
  )
}

/** Every movement of credits, newest first. `total` is what is there now: when it changes, there are new lines. */
export function StatementPart({ total }: { total: number }) {
  const t = useT()
  const { kind, lines, next, isLoading, problem } = useStore(statement.store)
  const csv = useTask()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the total says when to read again
  useEffect(() => {
    void statement.open(statement.store.getState().kind)
  }, [total])

  const choose = (value: string) => void statement.open(oneOf<StatementKind>(statementKinds, value) ?? null)
  const download = async () => saveFile(await api.statementCsv(kind), 'mimicit-credits.csv')
  return (
    <Section
      title={t('credits.statement')}
      className="credits-statement"
      aside={
        <Button look="link" aria-disabled={csv.isRunning} onClick={() => void csv.run(download)}>
          {t('credits.statement.csv')}
        </Button>
      }
    >
      <Trouble problem={csv.problem} />
      <select
        aria-label={t('credits.statement.filter')}
        value={kind ?? all}
        onChange={event => choose(event.target.value)}
      >
        <option value={all}>{t('credits.statement.all')}</option>
        {statementKinds.map(value => (
          <option key={value} value={value}>
            {t(`credits.kind.${value}`)}
          </option>
        ))}
      </select>
      {lines.length > 0 ? (
        <table aria-busy={isLoading}>
          <thead>
            <tr>
              <th scope="col">{t('credits.statement.what')}</th>
              <th scope="col">{t('credits.statement.credits')}</th>
              <th scope="col">{kind === null ? t('credits.statement.left') : null}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(line => (
              <Line key={line.id + line.account} line={line} />
            ))}
          </tbody>
        </table>
      ) : isLoading || problem ? null : (
        <p className="credits-small">{t('credits.statement.empty')}</p>
      )}
      <Trouble problem={problem} onAgain={() => (lines.length > 0 && next ? statement.more() : statement.open(kind))} />
      {next && !problem ? (
        <Button aria-disabled={isLoading} onClick={() => void statement.more()}>
          {t('credits.statement.more')}
        </Button>
      ) : null}
    </Section>
  )
}
