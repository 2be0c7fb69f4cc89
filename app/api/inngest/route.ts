/** Hop 4 of 7. Where Inngest calls our functions back; calls are signed, unsigned ones are answered 401 by the SDK, junk 400 before it. */
import { serve } from 'inngest/next'
import { inngest } from '../../../inngest/client.ts'
import { functions } from '../../../inngest/functions/index.ts'
import { requireJson } from './requireJson.ts'

export const dynamic = 'force-dynamic'
/** Seconds, on hosts that limit a request: MODEL_STEP_BUDGET_MS must stay below. */
export const maxDuration = 300

const served = serve({ client: inngest, functions })

export const { GET } = served
export const POST = requireJson(served.POST)
export const PUT = requireJson(served.PUT)
