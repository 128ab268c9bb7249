/**
 * A place that may be reached. `host`: https on its usual port and public addresses only; "*.fal.media" stands for every
 * name below it. `base`: an address the operator wrote into the settings; exactly this scheme, host and port, and only
 * such a place may be private.
 */
export type EgressHost = { host: string } | { base: string }

/** Every host that a prompt or picture can go to or come from, a line per provider. The policy's list of processors is this. */
export const providerHosts = {
  openai: ['api.openai.com'],
  gemini: ['generativelanguage.googleapis.com'],
  fal: ['queue.fal.run', 'rest.fal.ai', 'api.fal.ai', '*.fal.media'],
  tripo: ['openapi.tripo3d.ai', '*.data.tripo3d.com'],
} as const satisfies Record<string, readonly string[]>

/** What a provider's provider may reach: the provider's own hosts, and the base URLs of the settings where they lie elsewhere. */
export function hostsOf(provider: keyof typeof providerHosts, bases: readonly string[]): EgressHost[] {
  const hosts = providerHosts[provider].map(host => ({ host }))
  const elsewhere = bases.filter(base => !hosts.some(host => reaches(host, new URL(base))))
  return [...hosts, ...elsewhere.map(base => ({ base }))]
}

const name = /^(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}$/

/** Throws a TypeError for an entry that could never be meant. */
export function checkHost(place: EgressHost): void {
  if ('host' in place ? !name.test(place.host) : !/^https?:$/.test(new URL(place.base).protocol))
    throw new TypeError('Not a host for egress.')
}

/** True when the place is the one the address names. Addresses are compared as parsed: 0x7f.1 is 127.0.0.1 by then. */
export function reaches(place: EgressHost, url: URL): boolean {
  if (url.username || url.password) return false
  if ('base' in place) return url.origin === new URL(place.base).origin
  if (url.protocol !== 'https:' || url.port !== '') return false
  return place.host.startsWith('*.') ? url.hostname.endsWith(place.host.slice(1)) : url.hostname === place.host
}
