import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Addresses of IPv6 that are given out to the public; ranges kept for translation of IPv4 lie outside or are named. */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** True for an address in the open internet: not this machine, its network, a cloud's own service, or one of these in disguise. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(globalUnicast))
}

/**
 * The lookup of a connection: gives it the public addresses of one answer and no others. What is checked here is what is
 * connected to, so a DNS answer that changes a moment later changes nothing.
 */
export const publicLookup =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const open = (found as LookupAddress[]).filter(({ address }) => isPublicAddress(address))
      const [first] = open
      if (!first) return callback(new Error('No public address.'), [])
      if (options.all) return callback(null, open)
      callback(null, first.address, first.family)
    })
  }
