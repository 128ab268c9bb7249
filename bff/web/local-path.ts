/** `path` when it stays on our own origin, else `fallback`: where a page sends people afterwards is never another site. */
export function localPath(path: string | undefined, origin: string, fallback = '/'): string {
  if (!path?.startsWith('/')) return fallback
  const url = URL.parse(path, origin)
  if (url?.origin !== origin) return fallback
  const normal = url.pathname + url.search
  // "/.//evil.test" has our origin, but its normal form would be read as another host.
  return normal.startsWith('//') ? fallback : normal
}
