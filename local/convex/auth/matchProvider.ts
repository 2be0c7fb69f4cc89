/** Which entry of auth.config a token belongs to. Pure. */
import type { AuthProvider } from '../engine/backend.ts'

/** `clerk.example.com/` and `https://clerk.example.com` are the same issuer. */
export function normalizeIssuer(issuer: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(issuer) ? issuer : `https://${issuer}`
  return withScheme.replace(/\/+$/, '')
}

export function issuerOf(provider: AuthProvider): string {
  return provider.type === 'oidc' ? provider.domain : provider.issuer
}

/** An OIDC token has one audience; a customJwt's may be one of several. */
function hasAudience(provider: AuthProvider, audience: readonly string[]): boolean {
  if (provider.applicationID === undefined) return true
  if (provider.type === 'oidc' && audience.length > 1) return false
  return audience.includes(provider.applicationID)
}

export function matchProvider(
  providers: readonly AuthProvider[],
  issuer: string,
  audience: readonly string[],
): AuthProvider | undefined {
  const wanted = normalizeIssuer(issuer)
  return providers.find((provider) => normalizeIssuer(issuerOf(provider)) === wanted && hasAudience(provider, audience))
}
