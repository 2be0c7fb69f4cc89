/** GET /api/tools: the tools there are, for the settings. The same for everybody, so it is made once, with the build. */
import { listTools } from '../../../lib/agent/listTools.ts'

export const dynamic = 'force-static'

export function GET(): Response {
  return Response.json(listTools())
}
