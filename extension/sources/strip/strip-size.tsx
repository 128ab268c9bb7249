import { useT } from '../../platform/i18n/i18n.ts'
import { setSmallestSide, smallestSides, useSmallestSide } from './smallest-side.ts'

/** From which size on the strip lists pictures. */
export function StripSize() {
  const t = useT()
  const chosen = useSmallestSide()
  return (
    <select
      className="sources-size"
      aria-label={t('sources.strip.size')}
      title={t('sources.strip.size')}
      value={chosen}
      onChange={event => {
        const side = smallestSides.find(offered => String(offered) === event.currentTarget.value)
        if (side !== undefined) void setSmallestSide(side)
      }}
    >
      {smallestSides.map(side => (
        <option key={side} value={side}>
          {side === 0 ? t('sources.strip.size_any') : t('sources.strip.size_least', { side })}
        </option>
      ))}
    </select>
  )
}
