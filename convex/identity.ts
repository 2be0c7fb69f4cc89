/** Told from a person by issuer and subject, never by a claim: a person's token cannot carry our issuer. */

const defaultServiceIssuer = 'https://nightshift.local/service'

export function isServiceIssuer(issuer: string): boolean {
  return issuer === (process.env['SERVICE_ISSUER'] ?? defaultServiceIssuer)
}

export function isService(identity: { issuer: string; subject: string }): boolean {
  return isServiceIssuer(identity.issuer) && identity.subject === 'service'
}
