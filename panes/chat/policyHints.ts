// What becomes of a message while a reply is being made, said in one sentence each.
import { strings } from '../../components/strings.ts'
import type { Policy } from '../../convex/validators.ts'

const say = strings.policy

export const policyHints = {
  queue: say.queueHint,
  steer: say.steerHint,
  interrupt: say.interruptHint,
} satisfies Record<Policy, string>
