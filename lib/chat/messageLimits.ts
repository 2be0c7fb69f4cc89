/** How long things may be, in UTF-16 units. Imported by the database functions, the server and the UI, so it imports nothing. */

/** At most 96 KB of UTF-8: well under Inngest's smallest event limit (256 KB). The words in chatError.ts name this number. */
export const maxMessageChars = 32_000
/** One reply lies in one document (1 MiB): 250,000 units are at most 750 KB of UTF-8. */
export const maxReplyChars = 250_000
/** Of that, what tools bring and people add meanwhile. The rest is the reply's own. */
export const maxMaterialChars = 200_000
/** What is kept of a reply's thoughts, over all its steps: 150 KB besides. */
export const maxReasoningChars = 50_000
export const maxTitleChars = 120
export const maxInstructionsChars = 8_000
/** An answer to a question, or why something is not approved. The words in chatError.ts name this number. */
export const maxAnswerChars = 8_000
/** What a schedule asks each time. */
export const maxPromptChars = 8_000
/** Of one person. */
export const maxSchedules = 100
/** One fact that is remembered, and how many of one person. */
export const maxMemoryChars = 1_000
export const maxMemories = 500
/** Messages waiting behind a running reply in one thread. */
export const maxQueuedMessages = 100

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Message and thread ids are made by the client: lower-case version 4 UUIDs. */
export function isClientId(id: string): boolean {
  return uuid.test(id)
}
