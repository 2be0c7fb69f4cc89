import { defineConfig } from 'vitest/config'
import { SlowestFirst } from './test/support/slowestFirst.ts'

/** `server-only` throws outside a server bundle; its own empty half lets tests import server files. */
const serverOnly = new URL('./node_modules/server-only/empty.js', import.meta.url).pathname

/** The rings of tests, quickest first: `scripts/test.ts` runs them in this order. */
const ring = (
  name: string,
  include: string[],
  options: { timeout?: number; parallel?: boolean; isolate?: boolean; setup?: string; retry?: number } = {},
) => ({
  resolve: { alias: { 'server-only': serverOnly } },
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', '.runtime/**', '.next/**'],
    testTimeout: options.timeout ?? 10_000,
    hookTimeout: Math.max(30_000, options.timeout ?? 0),
    fileParallelism: options.parallel ?? true,
    isolate: options.isolate ?? true,
    retry: options.retry ?? 0,
    ...(options.setup ? { globalSetup: options.setup } : {}),
  },
})

export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    projects: [
      ring('decisions', [
        '{app,panes,components,lib,inngest,convex,local,scripts,bench,test/support,test/crash}/**/!(*.contract|*.crash).test.{ts,tsx}',
      ]),
      ring('contract', ['local/**/*.contract.test.ts', 'test/contract/**/*.test.ts'], { timeout: 30_000 }),
      ring('stack', ['test/stack/**/*.test.ts'], { timeout: 120_000 }),
      // Files share their process: a browser and what it takes to steer one are loaded once, not for each. Hands in a page may be quicker than a
      // busy machine: a failed test is run again, and named at the end if it passes then. What must hold through crashes has no second try.
      ring('browser', ['test/e2e/*.test.ts'], {
        timeout: 120_000,
        isolate: false,
        setup: 'test/support/browserStack.ts',
        retry: 1,
      }),
      // These stop a part of the copy that they share: nobody else may use it meanwhile.
      ring('outage', ['test/e2e/outage/*.test.ts'], {
        timeout: 120_000,
        parallel: false,
        isolate: false,
        setup: 'test/support/browserStack.ts',
      }),
      ring('crash', ['test/crash/**/*.crash.test.ts'], { timeout: 300_000, parallel: false }),
    ],
  },
})
