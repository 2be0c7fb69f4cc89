/** An identity provider as small as can be: discovery, keys, tokens. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' }
  let origin = ''
  const server = createServer((request, response) => {
    const isKeys = request.url?.endsWith('/jwks.json')
    const body = isKeys ? { keys: [jwk] } : { issuer: origin, jwks_uri: `${origin}/.well-known/jwks.json` }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    token: (subject: string) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'RS256', kid: 'test', typ: 'JWT' })
        .setIssuer(origin)
        .setSubject(subject)
        .setAudience('convex')
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
