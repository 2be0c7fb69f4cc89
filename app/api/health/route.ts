/** GET /api/health: `{status, parts: {app, clerk, convex, inngest, model}}`; 200 only when all serve, otherwise 503. Open to anybody. */
import { readHealth } from '../../../lib/health/checkParts.ts'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const health = await readHealth()
  const status = health.status === 'ok' ? 200 : 503
  return Response.json(health, { status, headers: { 'cache-control': 'no-store' } })
}
