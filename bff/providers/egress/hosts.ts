/**
 * What may be reached. `host`: https on its usual port and public addresses only; "*.fal.media" stands for every
 * name below it. `base`: an address the operator wrote into the settings; exactly this scheme, host and port, and only
 * such an address may be private.
 */
export type EgressHost = { host: string } | { base: string }

/** What a provider may reach: its own hosts, and the base URLs of the settings where they lie elsewhere. */
export function hostsOf(names: readonly string[], bases: readonly string[]): EgressHost[] {
  const hosts = names.map(host => ({ host }))
  const elsewhere = bases.filter(base => !hosts.some(host => reaches(host, new URL(base))))
  return [...hosts, ...elsewhere.map(base => ({ base }))]
}

const name = /^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/

/** Throws a TypeError for an entry that could never be meant. */
export function checkHost(allowed: EgressHost): void {
  if ('host' in allowed ? !name.test(allowed.host) : !/^https?:$/.test(new URL(allowed.base).protocol))
    throw new TypeError('Not a host for egress.')
}

/** True when the address is one of what is allowed. Addresses are compared as parsed: 0x7f.1 is 127.0.0.1 by then. */
export function reaches(allowed: EgressHost, url: URL): boolean {
  if (url.username || url.password) return false
  if ('base' in allowed) return url.origin === new URL(allowed.base).origin
  if (url.protocol !== 'https:' || url.port !== '') return false
  return allowed.host.startsWith('*.') ? url.hostname.endsWith(allowed.host.slice(1)) : url.hostname === allowed.host
}
