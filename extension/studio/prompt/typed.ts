import { onlyText, withLineFeeds } from '../../../bff/contract/values.ts'
import { t } from '../../platform/i18n/i18n.ts'
import { showNotice } from '../../ui/notices.ts'

/** Words as they are typed or pasted; what is no text, such as a control character, goes with a word about it. */
export const typed = (value: string): string => {
  const text = onlyText(value)
  if (text !== withLineFeeds(value)) showNotice({ text: t('studio.prompt.cleaned') })
  return text
}
