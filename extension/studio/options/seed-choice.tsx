import { useId } from 'react'
import { useT } from '../../platform/i18n/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { setSeed, useStudio } from '../store.ts'

/** As the contract: 0 to 2^31 - 1. */
const mostSeed = 2_147_483_647

const drawSeed = () => Math.floor(Math.random() * (mostSeed + 1))

/** Auto gives another variation each time; a fixed seed gives the same one again. */
export function SeedChoice() {
  const t = useT()
  const seed = useStudio(choices => choices.seed)
  const fieldId = useId()
  return (
    <>
      <div className="studio-seed">
        <span>{t('studio.seed.title')}</span>
        <Segmented
          label={t('studio.seed.title')}
          options={[
            { value: 'auto', label: t('studio.seed.auto') },
            { value: 'fixed', label: t('studio.seed.fixed') },
          ]}
          value={seed === null ? 'auto' : 'fixed'}
          onChange={kind => setSeed(kind === 'auto' ? null : (seed ?? drawSeed()))}
        />
        {seed === null ? null : (
          <>
            <label htmlFor={fieldId} className="only-heard">
              {t('studio.seed.value')}
            </label>
            <input
              id={fieldId}
              inputMode="numeric"
              value={seed}
              onChange={event => {
                const digits = event.currentTarget.value.replace(/\D/g, '')
                setSeed(Math.min(mostSeed, Number(digits)))
              }}
            />
            <Button look="link" onClick={() => setSeed(drawSeed())}>
              {t('studio.seed.draw')}
            </Button>
          </>
        )}
      </div>
      <p>{t('studio.seed.hint')}</p>
    </>
  )
}
