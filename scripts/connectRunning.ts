/** The ways into a running copy that trace and seed use: the service's identity towards Convex, Inngest's API, the model's journal. */

import { resolve } from 'node:path'
import { ConvexHttpClient } from 'convex/browser'
import { z } from 'zod'
import { createServiceTokens } from '../lib/convex/serviceToken.ts'
import { chooseServices, readConvexUrl, type Settings } from '../local/stack/chooseServices.ts'
import { DEFAULT_SERVICE_ISSUER } from '../local/stack/computeEnvironment.ts'
import { root } from '../local/stack/createStack.ts'
import { readRunning } from '../local/stack/lockDataDir.ts'
import { readSettings } from '../local/stack/readSettings.ts'
import { StackError } from '../local/stack/stackError.ts'
import { loadOrCreateStackKeys } from '../local/stack/stackKeys.ts'

export interface Running {
  app: string
  /** Undefined when Clerk is the real one. */
  clerk: string | undefined
  convexUrl: string
  /** A client that acts as our own functions do. */
  service(): Promise<ConvexHttpClient>
  inngest: { origin: string; signingKey: string }
  /** Undefined when the model is a real one: its provider keeps the journal. */
  model: string | undefined
  settings: Settings
  dataDir: string
}

const serviceKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
  kid: z.string().optional(),
})

export function connectRunning(): Running {
  const settings = readSettings(root, process.env)
  const dataDir = resolve(root, settings['DATA_DIR'] || '.data')
  const running = readRunning(dataDir)
  if (!running)
    throw new StackError(`No copy is running on ${dataDir}. Run \`npm start\` in another terminal, or set DATA_DIR.`)
  const services = chooseServices(settings)
  const keys = loadOrCreateStackKeys(dataDir)
  const { urls } = running
  const key = serviceKey.parse(JSON.parse(settings['CONVEX_SERVICE_PRIVATE_KEY'] || keys.servicePrivateKey))
  const tokens = createServiceTokens(key, settings['SERVICE_ISSUER'] || DEFAULT_SERVICE_ISSUER)
  const convexUrl = readConvexUrl(settings) || urls['convex'] || ''
  return {
    app: running.url,
    clerk: services.clerk === 'local' ? urls['clerk'] : undefined,
    convexUrl,
    service: async () => new ConvexHttpClient(convexUrl, { auth: await tokens.get(), logger: false }),
    inngest:
      services.inngest === 'local'
        ? { origin: urls['inngest'] ?? '', signingKey: keys.inngestSigningKey }
        : {
            origin: settings['INNGEST_BASE_URL'] || 'https://api.inngest.com',
            signingKey: settings['INNGEST_SIGNING_KEY'] ?? '',
          },
    model: services.model === 'local' && urls['model'] ? new URL(urls['model']).origin : undefined,
    settings,
    dataDir,
  }
}
