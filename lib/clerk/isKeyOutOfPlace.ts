/** A Clerk key issued by this machine for itself must never sign people in anywhere else. Pure. */
import { keyHost } from './keyHost.ts'

/**
 * True when the publishable key names a loopback address and the request came to another name: a copied environment, or a
 * tunnel. Anyone could register there, so the answer must be an error and not a sign-in page.
 */
export function isKeyOutOfPlace(publishableKey: string, requestHost: string): boolean {
  return isLoopback(keyHost(publishableKey)) && !isLoopback(requestHost)
}

function isLoopback(hostAndPort: string): boolean {
  const host = hostAndPort.replace(/:\d+$/, '').toLowerCase()
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '[::1]'
}
