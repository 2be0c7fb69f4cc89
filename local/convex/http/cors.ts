/** Cross-origin rules of the function API: any origin may call, tokens travel in a header. HTTP actions set their own. */
import type { IncomingMessage, ServerResponse } from 'node:http'

const METHODS = 'GET, POST, OPTIONS, PATCH, DELETE, PUT'
const PREFLIGHT_KEPT_S = '86400'

export function setCorsHeaders(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers
  if (origin === undefined) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('vary', 'origin')
}

/** Answers an OPTIONS request; true when it was one. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'OPTIONS') return false
  const wanted = request.headers['access-control-request-headers']
  response.setHeader('access-control-allow-methods', METHODS)
  response.setHeader('access-control-max-age', PREFLIGHT_KEPT_S)
  if (wanted !== undefined) response.setHeader('access-control-allow-headers', wanted)
  response.writeHead(204).end()
  return true
}
