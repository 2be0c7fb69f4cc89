/** Whom we believe: people by their Clerk token, our own functions by a short-lived token of our own issuer. */
import type { AuthConfig } from 'convex/server'

const clerkIssuer = process.env['CLERK_JWT_ISSUER_DOMAIN']
const serviceIssuer = process.env['SERVICE_ISSUER']
const serviceKeys = process.env['SERVICE_JWKS']

export default {
  providers: [
    ...(clerkIssuer ? [{ domain: clerkIssuer, applicationID: 'convex' }] : []),
    ...(serviceIssuer && serviceKeys
      ? [
          // No audience to check: the key signs tokens for these functions and nothing else.
          {
            type: 'customJwt' as const,
            issuer: serviceIssuer,
            jwks: serviceKeys,
            algorithm: 'ES256' as const,
          },
        ]
      : []),
  ],
} satisfies AuthConfig
