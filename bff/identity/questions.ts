import { type Static, Type } from 'typebox'
import { oneOf } from '../contract/common.ts'
import { type Html, hidden, html } from '../web/html.ts'
import type { TextKey, Texts } from '../web/language.ts'
import { messagePage, type Page, toHome } from '../web/page.ts'
import type { Age } from './standing.ts'

/** Neither answer is preselected, and no birth date is asked for. */
const ages = ['adult', 'with_parent', 'under_13'] as const satisfies Age[]

/** The fields of the questions; under 13 the second is not asked. */
export const answers = { age: oneOf(ages), makers: Type.Optional(Type.Literal('yes')) }
export type Answers = { age: Age; makers?: Static<typeof answers.makers> }

/** Under 13 nothing else is asked. */
export const isComplete = ({ age, makers }: Answers): boolean => age === 'under_13' || makers === 'yes'

interface Questions {
  title: TextKey
  here: string
  /** Where the form goes, and what it has to bring along. */
  action: string
  fields: Record<string, string>
  /** Where "Not now" leads. */
  back: string
  /** What comes before the questions. */
  intro: Html
  /** What was answered when the form came back incomplete. */
  given: Answers | undefined
}

/** What everybody is asked before there is an account, and again when the policy has changed. */
export const questionsPage = (t: Texts, { title, here, action, fields, back, intro, given }: Questions): Page => ({
  title: t(title),
  here,
  status: given ? 400 : 200,
  main: html`${intro}
      <form method="post" action="${action}">
        ${hidden(fields)}
        <fieldset>
          <legend>${t('welcome.age')}</legend>
          ${ages.map(
            age =>
              html`<label class="choice"><input type="radio" name="age" value="${age}" required${age === given?.age && html` checked`}><span>${t(`welcome.age.${age}`)}</span></label>`,
          )}
          <p class="small">${t('welcome.age.kept')}</p>
        </fieldset>
        <fieldset>
          <legend>${t('welcome.makers')}</legend>
          <p>${t('welcome.makers.text')}</p>
          <p>${t('welcome.makers.advice')}</p>
          ${given && html`<p role="alert" class="wrong">${t('welcome.makers.missing')}</p>`}
          <label class="choice"><input type="checkbox" name="makers" value="yes"><span>${t('welcome.makers.yes')}</span></label>
        </fieldset>
        <p class="actions"><button class="primary">${t('welcome.go')}</button><a href="${back}">${t('welcome.back')}</a></p>
      </form>`,
})

export const tooYoung = (text: 'welcome.young.text' | 'consent.young.text') => (t: Texts) =>
  messagePage(t, 'welcome.young', toHome(t), { text })
