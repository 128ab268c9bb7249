import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import type { LimitsNow, SpendingLimits } from '../../bff/contract/credits.ts'
import { highestLimit } from '../../bff/contract/values.ts'
import { useT } from '../platform/i18n/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/section.tsx'
import { forgetAim, saveLimits, useAim } from './store.ts'
import { Trouble } from './trouble.tsx'
import { useTask } from './use-task.ts'

const names = ['perDay', 'perMonth', 'askAbove'] as const satisfies readonly (keyof SpendingLimits)[]
type Texts = Record<(typeof names)[number], string>

const textsOf = (limits: SpendingLimits): Texts => ({
  perDay: limits.perDay?.toString() ?? '',
  perMonth: limits.perMonth?.toString() ?? '',
  askAbove: limits.askAbove?.toString() ?? '',
})

interface FieldProps {
  label: string
  used?: string
  text: string
  onChange: (text: string) => void
}

function Field({ label, used, text, onChange }: FieldProps) {
  const t = useT()
  const usedId = useId()
  const isWrong = readLimit(text) === undefined
  return (
    <label>
      <span>
        {label}
        {used === undefined ? null : (
          <span id={usedId} className="credits-small">
            {used}
          </span>
        )}
      </span>
      <input
        inputMode="numeric"
        autoComplete="off"
        maxLength={9}
        placeholder={t('credits.limit.none')}
        value={text}
        aria-invalid={isWrong}
        aria-describedby={used === undefined ? undefined : usedId}
        onChange={event => onChange(event.target.value)}
      />
    </label>
  )
}

/** The person's own limits: shown with what is used of them, and changed. */
export function LimitsPart({ limits }: { limits: LimitsNow }) {
  const t = useT()
  const [texts, setTexts] = useState<Texts>(() => textsOf(limits))
  const [isSaved, setSaved] = useState(false)
  const { isRunning, problem, run } = useTask()
  const form = useRef<HTMLFormElement>(null)
  const isAimedAt = useAim() === 'limits'
  useEffect(() => {
    if (!isAimedAt) return
    form.current?.querySelector('input')?.focus()
    forgetAim()
  }, [isAimedAt])

  const values = names.map(name => readLimit(texts[name]))
  const isWrong = values.includes(undefined)
  const change = (name: keyof Texts) => (text: string) => {
    setSaved(false)
    setTexts({ ...texts, [name]: text })
  }
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    if (isWrong) return
    const [perDay = null, perMonth = null, askAbove = null] = values
    void run(async () => {
      await saveLimits({ perDay, perMonth, askAbove })
      setSaved(true)
    })
  }

  return (
    <Section title={t('credits.limits')}>
      <form ref={form} className="credits-sheet credits-limits" noValidate onSubmit={save}>
        <p className="credits-small">{t('credits.limits.text')}</p>
        <Field
          label={t('credits.limit.day')}
          used={t('credits.limit.used', { count: limits.usedDay })}
          text={texts.perDay}
          onChange={change('perDay')}
        />
        <Field
          label={t('credits.limit.month')}
          used={t('credits.limit.used', { count: limits.usedMonth })}
          text={texts.perMonth}
          onChange={change('perMonth')}
        />
        <Field label={t('credits.limit.ask')} text={texts.askAbove} onChange={change('askAbove')} />
        <div className="credits-save">
          <Button type="submit" aria-disabled={isWrong || isRunning}>
            {t('credits.limits.save')}
          </Button>
          <span role="status">{isWrong ? t('credits.limits.wrong') : isSaved ? t('credits.limits.saved') : null}</span>
        </div>
        <Trouble problem={problem} />
      </form>
    </Section>
  )
}

/** A limit as it was typed: null for none, undefined where it is no number of credits. Digits of a Japanese keyboard count. */
export function readLimit(text: string): number | null | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  if (plain === '') return null
  const value = /^\d{1,7}$/.test(plain) ? Number(plain) : Number.NaN
  return value <= highestLimit ? value : undefined
}
