import { expect, test } from 'vitest'
import { wholeApp } from '../test/whole-app.ts'

test('a page links the sheets in which all that its style uses is said', async () => {
  const { app } = await wholeApp()
  const page = (await app.inject('/')).body
  const sheets = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, href]) => href!)
  const css = (await Promise.all(sheets.map(async href => (await app.inject(href)).body))).join('\n')
  const used = [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name)
  const said = new Set([...css.matchAll(/(--[\w-]+):/g)].map(([, name]) => name))
  expect(used.length).toBeGreaterThan(0)
  expect(used.filter(name => !said.has(name))).toEqual([])
})
