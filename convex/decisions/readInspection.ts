/** What went into a reply, as its `prepare` step noted it. Written by lib/agent/prepareReply.ts; what was added, by callModel.ts. */
import { type Infer, v } from 'convex/values'
import { type StepResult, type ToolOnOffer, toolOnOfferValidator } from '../validators.ts'
import { fitsValidator } from './fitsValidator.ts'

/** Tokens are estimates. */
export const inspectionValidator = v.object({
  /** The tools on offer. */
  tools: v.array(toolOnOfferValidator),
  /** The first to the last fallback. */
  models: v.array(v.string()),
  /** `truncated`: there was more, and no summary tells of it. */
  history: v.object({ messages: v.number(), tokens: v.number(), truncated: v.boolean() }),
  summary: v.union(v.null(), v.object({ uptoSettled: v.number(), tokens: v.number() })),
  memories: v.array(v.object({ key: v.string(), text: v.string(), tokens: v.number() })),
  /** Standing wishes, for all chats and for this one. */
  wishes: v.object({ tokens: v.number() }),
  /** The call that the person had approved. */
  call: v.optional(v.object({ name: v.string(), input: v.string(), key: v.string() })),
  /** A summary up to this settledSeq was due. */
  fold: v.union(v.null(), v.number()),
})
export type Inspection = Infer<typeof inspectionValidator>

/** Null: the note of an older deploy, which knew less. */
export function readInspection(json: string): Inspection | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  return fitsValidator(inspectionValidator, value) ? value : null
}

/** With the tools that later steps offered besides, for what the person added meanwhile. */
export function addOffered(noted: Inspection, steps: readonly { result?: StepResult }[]): Inspection {
  const tools = new Map<string, ToolOnOffer>(noted.tools.map((tool) => [tool.name, tool]))
  for (const { result } of steps) {
    for (const tool of (result?.kind === 'model' && result.added) || []) tools.set(tool.name, tool)
  }
  return { ...noted, tools: [...tools.values()] }
}
