import { expect, test } from 'vitest'
import { html, toText } from './html.ts'

test('what is put in is escaped, for text and for attributes', () => {
  const value = `<b a='1' b="2">&`
  expect(toText(html`<i title="${value}">${value}</i>`)).toBe(
    '<i title="&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;">&lt;b a=&#39;1&#39; b=&quot;2&quot;&gt;&amp;</i>',
  )
})

test('templates nest, alone and in lists; nothing, false and null leave no trace, zero does', () => {
  const items = ['a', '<'].map(item => html`<li>${item}</li>`)
  expect(toText(html`<ul>${items}</ul>${null}${undefined}${false}${0}`)).toBe('<ul><li>a</li><li>&lt;</li></ul>0')
})

test('data that looks like markup made here is still data', () => {
  const forged = JSON.parse('{"markup":"<b>","html":"<b>"}')
  expect(() => html`${forged}`).toThrow()
})
