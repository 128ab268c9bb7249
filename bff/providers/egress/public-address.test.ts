import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { expect, test } from 'vitest'
import { isPublicAddress, publicLookup } from './public-address.ts'

test.each(['8.8.8.8', '104.18.7.192', '2606:4700::6810:85e5'])('%s is an address of the open internet', address => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  ['this machine', '127.0.0.1'],
  ['this machine', '127.255.0.9'],
  ['this machine', '0.0.0.0'],
  ['this machine', '::1'],
  ['this machine', '::'],
  ['a private network', '10.1.2.3'],
  ['a private network', '172.31.0.1'],
  ['a private network', '192.168.1.1'],
  ['a private network', 'fd00::1'],
  ['a private network', 'fec0::1'],
  ['one link', '169.254.169.254'],
  ['one link', 'fe80::1'],
  ['one link', 'fe80::1%eth0'],
  ['a provider behind NAT', '100.64.0.1'],
  ['many at once', '224.0.0.1'],
  ['many at once', '255.255.255.255'],
  ['many at once', 'ff02::1'],
  ['IPv4 mapped', '::ffff:127.0.0.1'],
  ['IPv4 mapped', '::ffff:8.8.8.8'],
  ['IPv4 compatible', '::127.0.0.1'],
  ['IPv4 translated', '::ffff:0:10.0.0.1'],
  ['NAT64', '64:ff9b::a9fe:a9fe'],
  ['NAT64 of a network of one’s own', '64:ff9b:1::7f00:1'],
  ['6to4', '2002:7f00:1::'],
  ['Teredo', '2001:0:4136:e378::'],
  ['documents', '203.0.113.7'],
  ['documents', '2001:db8::1'],
  ['tests of devices', '198.18.0.1'],
  ['nobody yet', '240.0.0.1'],
  ['no address', 'localhost'],
  ['no address', ''],
])('an address for %s, %s, is refused', (_for, address) => {
  expect(isPublicAddress(address)).toBe(false)
})

const answering =
  (...answers: string[][]): LookupFunction =>
  (_hostname, options, callback) => {
    const found = (answers.shift() ?? []).map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) callback(null, found)
    else callback(null, found[0]!.address, found[0]!.family)
  }

const ask = (lookup: LookupFunction, all: boolean) =>
  new Promise<string | LookupAddress[]>((resolve, reject) =>
    lookup('media.example', { all }, (error, found) => (error ? reject(error) : resolve(found))),
  )

test('[C49f] a connection gets the very addresses that were checked: the name is asked for once', async () => {
  const system = answering(['8.8.8.8', '10.0.0.1', '2606:4700::1'], ['127.0.0.1'])
  const lookup = publicLookup(system)
  expect(await ask(lookup, true)).toEqual([
    { address: '8.8.8.8', family: 4 },
    { address: '2606:4700::1', family: 6 },
  ])
  await expect(ask(lookup, true)).rejects.toThrow('No public address.')
})

test('a connection that takes one address gets a public one', async () => {
  expect(await ask(publicLookup(answering(['127.0.0.1', '8.8.4.4'])), false)).toBe('8.8.4.4')
})

test('a name that does not resolve stays an error', async () => {
  const failing: LookupFunction = (_hostname, _options, callback) => callback(new Error('ENOTFOUND'), [])
  await expect(ask(publicLookup(failing), true)).rejects.toThrow('ENOTFOUND')
})
