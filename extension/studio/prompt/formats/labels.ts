import type { PartName } from '../../../../bff/contract/values.ts'
import type { Language } from '../../../platform/i18n/i18n.ts'

/** What a part is called inside a prompt; part of the format, not of the panel. */
export const labels: Record<Language, Record<PartName, string>> = {
  en: {
    subject: 'Subject',
    setting: 'Setting',
    style: 'Style',
    composition: 'Composition',
    light: 'Light',
    colour: 'Colours',
    lens: 'Lens',
    mood: 'Mood',
    text: 'Text in the picture',
    negative: 'Leave out',
  },
  ja: {
    subject: '主題',
    setting: '場面',
    style: '画風',
    composition: '構図',
    light: '光',
    colour: '色',
    lens: 'レンズ',
    mood: '雰囲気',
    text: '画像の中の文字',
    negative: '避けたいもの',
  },
}

export const colons = { en: ': ', ja: '：' }
