// Both kinds of providers, from the deployment's environment.
export default {
  providers: [
    { domain: process.env['OIDC_DOMAIN'] ?? 'https://unset.invalid', applicationID: 'convex' },
    {
      type: 'customJwt',
      issuer: process.env['SERVICE_ISSUER'] ?? 'https://service.invalid',
      jwks: process.env['SERVICE_JWKS'] ?? 'data:application/json,{"keys":[]}',
      algorithm: 'ES256',
    },
  ],
}
