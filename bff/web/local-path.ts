/** `path` when it stays on our own origin, else "/": where a page sends people afterwards is never another site. */
export function localPath(path: string | undefined, origin: string): string {
  if (!path?.startsWith('/')) return '/'
  const url = URL.parse(path, origin)
  if (url?.origin !== origin) return '/'
  const normal = url.pathname + url.search
  // "/.//evil.test" has our origin, but its normal form would be read as another host.
  return normal.startsWith('//') ? '/' : normal
}
