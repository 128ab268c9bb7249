/** Before each test file of the panel that has a document: what waits for a component has a limit for what hangs only. */
if ('document' in globalThis) {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: 120_000 })
}
