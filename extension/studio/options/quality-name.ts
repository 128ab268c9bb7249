import { useT } from '../../platform/i18n/i18n.ts'
import { oneOf } from '../../platform/shape.ts'

/** Names that makers use, for which we have a word. */
const known = ['low', 'medium', 'high', 'xhigh', 'max', 'auto', 'standard', 'plain', 'textured'] as const

/** A quality in the person's language; another maker's own name stays as it is. */
export const useQualityName = () => {
  const t = useT()
  return (name: string) => {
    const found = oneOf(known, name)
    return found ? t(`studio.quality.${found}`) : name
  }
}
