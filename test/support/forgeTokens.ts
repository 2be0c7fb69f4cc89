/** Session tokens that must not work, each made from a real one: by what is wrong with them. */
import { decodeJwt, decodeProtectedHeader, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'

type Key = Parameters<SignJWT['sign']>[0]

/** `real` is the victim's, `own` the forger's; `key` is the issuer's own, for tokens that are wrong only by their times. */
export async function forgeTokens(real: string, own: string, key: Key): Promise<Record<string, string>> {
  const claims: JWTPayload = decodeJwt(real)
  const header = { ...decodeProtectedHeader(real), alg: 'RS256' }
  const other = (await generateKeyPair('RS256')).privateKey
  const now = Math.floor(Date.now() / 1000)
  const sign = (payload: JWTPayload, by: Key) => new SignJWT(payload).setProtectedHeader(header).sign(by)
  const [head, , signature] = real.split('.')
  const renamed = Buffer.from(JSON.stringify({ ...decodeJwt(own), sub: claims.sub })).toString('base64url')
  return {
    'is nothing of the kind': 'abc',
    'is signed with another key': await sign(claims, other),
    'is of another issuer': await sign({ ...claims, iss: 'https://clerk.evil.example' }, other),
    'has expired': await sign({ ...claims, iat: now - 7_200, nbf: now - 7_200, exp: now - 3_600 }, key),
    'is not valid yet': await sign({ ...claims, iat: now + 3_600, nbf: now + 3_600, exp: now + 7_200 }, key),
    'has no signature': new UnsecuredJWT(claims).encode(),
    'has another person written into it': `${head}.${renamed}.${signature}`,
  }
}
