import { defineConfig } from 'vitest/config'

/** `server-only` throws outside a server bundle; its own empty half lets tests import server files. */
const serverOnly = new URL('./node_modules/server-only/empty.js', import.meta.url).pathname

/** The rings of tests, quickest first: `scripts/test.ts` runs them in this order. */
const ring = (
  name: string,
  include: string[],
  options: { timeout?: number; parallel?: boolean; setup?: string } = {},
) => ({
  resolve: { alias: { 'server-only': serverOnly } },
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', '.runtime/**', '.next/**'],
    testTimeout: options.timeout ?? 10_000,
    hookTimeout: Math.max(30_000, options.timeout ?? 0),
    fileParallelism: options.parallel ?? true,
    ...(options.setup ? { globalSetup: options.setup } : {}),
  },
})

export default defineConfig({
  test: {
    projects: [
      ring('decisions', [
        '{app,panes,components,lib,inngest,convex,local,scripts,bench,test/support,test/crash}/**/!(*.contract|*.crash).test.{ts,tsx}',
      ]),
      ring('contract', ['local/**/*.contract.test.ts', 'test/contract/**/*.test.ts'], { timeout: 30_000 }),
      ring('stack', ['test/stack/**/*.test.ts'], { timeout: 120_000 }),
      ring('browser', ['test/e2e/*.test.ts'], { timeout: 60_000, setup: 'test/support/browserStack.ts' }),
      // These stop a part of the copy that they share: nobody else may use it meanwhile.
      ring('outage', ['test/e2e/outage/*.test.ts'], {
        timeout: 60_000,
        parallel: false,
        setup: 'test/support/browserStack.ts',
      }),
      ring('crash', ['test/crash/**/*.crash.test.ts'], { timeout: 300_000, parallel: false }),
    ],
  },
})
