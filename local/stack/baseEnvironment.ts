/** The surroundings a child process keeps from ours: paths and locale, never the keys of a service. */

/** Leftovers of the programs around us. `NODE_ENV=test` from a test runner, for one, would make Next refuse to start. */
const leftovers = [/^(NODE_ENV|VITEST|VITEST_\w+|TEST|npm_\w+|NODE_CHANNEL_\w+|NODE_UNIQUE_ID|HOSTNAME)$/, /^__NEXT/]

/** Names whose values the launcher decides for each child. */
const decided = [
  /^(NEXT_|CLERK_|CONVEX_|INNGEST_|SERVICE_|MODEL|OPENAI_|ANTHROPIC_|GOOGLE_GENERATIVE_AI_|AI_GATEWAY_|LOCAL_|NIGHTSHIFT_)/,
  /^(TEXT_FLUSH_MS|RATE_LIMIT_\w+|BUDGET_\w+|WATCHDOG_SCALE|APP_ORIGIN|LOG_LEVEL|DATA_DIR|PORT)$/,
]

const matches = (patterns: RegExp[], name: string) => patterns.some((pattern) => pattern.test(name))

/** True for a variable that says something about whoever started us, not about the product. */
export const isLeftover = (name: string) => matches(leftovers, name)

export function pickBaseEnvironment(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || isLeftover(name) || matches(decided, name) ? [] : [[name, value]],
    ),
  )
}
