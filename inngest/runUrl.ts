/** Where people look at a run: an address with `{runId}` in it, or nowhere. */
import type { Env } from '../lib/env.ts'

const hostedDashboard = 'https://app.inngest.com/env/production/runs/{runId}'

/** A server of one's own has its dashboard wherever it was put: then there is no link until INNGEST_RUN_URL says where. */
export function runUrl({
  INNGEST_RUN_URL: chosen,
  INNGEST_BASE_URL: ownServer,
}: Pick<Env, 'INNGEST_RUN_URL' | 'INNGEST_BASE_URL'>): string | undefined {
  return chosen ?? (ownServer === undefined ? hostedDashboard : undefined)
}
