/** The surroundings a child process keeps from ours: paths and locale, never the keys of a service. */

/** Names the launcher alone decides, and leftovers of the programs that start it. */
const dropped = [
  /^(NEXT_|CLERK_|CONVEX_|INNGEST_|SERVICE_|MODEL|OPENAI_|ANTHROPIC_|GOOGLE_GENERATIVE_AI_|AI_GATEWAY_|LOCAL_MODEL_|NIGHTSHIFT_)/,
  /^(TEXT_FLUSH_MS|RATE_LIMIT_\w+|WATCHDOG_SCALE|APP_ORIGIN|LOG_LEVEL|DATA_DIR|PORT|HOSTNAME)$/,
  // `NODE_ENV=test` from a test runner would make Next refuse; the others would make a child think it is a test.
  /^(NODE_ENV|VITEST|VITEST_\w+|TEST|npm_\w+|NODE_CHANNEL_\w+|NODE_UNIQUE_ID)$/,
  /^__NEXT/,
]

export function pickBaseEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || dropped.some((pattern) => pattern.test(name)) ? [] : [[name, value]],
    ),
  )
}
