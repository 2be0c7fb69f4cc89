/**
 * Where a page may be read from. A name is looked up by us, every address it has is checked, and the connection goes to just these: a
 * second look-up, which could answer otherwise, never happens.
 */
import { lookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import { isAllowed, PageProblem } from './pageAddress.ts'

export interface Address {
  address: string
  family: 4 | 6
}
export type Resolve = (hostname: string) => Promise<readonly { address: string }[]>

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, order: 'verbatim' })

/** Public by their number, but the inside of a cloud: Azure's host. */
const inside = new Set(['168.63.129.16'])

/** All of IPv6 that is given out to the internet. Outside of it lie old ways of writing IPv4 addresses, such as ::127.0.0.1. */
const internet6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Ordinary addresses of the internet, and nothing that may lead elsewhere: no private or local one, no mapped, translated or tunnelled one. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || inside.has(address)) return false
  const parsed = ipaddr.parse(address)
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(internet6))
}

const familyOf = (address: string) => (ipaddr.IPv6.isValid(address) ? 6 : 4)

export async function resolvePublic(url: URL, allow: ReadonlySet<string>, resolve: Resolve): Promise<Address[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = ipaddr.isValid(host) ? [{ address: host }] : await resolve(host)
  if (found.length === 0) throw new PageProblem(`There is no site at ${url.hostname}.`)
  if (!isAllowed(url, allow) && !found.every(({ address }) => isPublicAddress(address))) {
    throw new PageProblem(`${url.hostname} is not on the public internet, so it is not read.`)
  }
  return found.map(({ address }) => ({ address, family: familyOf(address) }))
}
