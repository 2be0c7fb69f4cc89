// The words of a thread that is written out as Markdown.
export const exportStrings = {
  fileName: 'conversation',
  untitled: 'New conversation',
  you: 'You',
  reply: 'Reply',
  exported: (when: string) => `Exported from Nightshift, ${when}`,
  statuses: { waiting: 'waiting', failed: 'failed', cancelled: 'stopped' },
  used: (tool: string) => `Used ${tool}`,
  failedTool: (tool: string) => `${tool} failed`,
  added: 'You added',
  thought: 'Thoughts',
  question: 'Question:',
  approval: 'Asked to be approved:',
  timer: 'Waited for its time.',
  answered: 'Answer:',
  ended: (state: string) => endings.get(state) ?? state,
} as const

const endings = new Map([
  ['open', 'It is still open.'],
  ['answered', 'Answered.'],
  ['approved', 'Approved.'],
  ['denied', 'Not approved.'],
  ['skipped', 'Skipped.'],
  ['elapsed', 'The time has come.'],
  ['expired', 'Nobody answered in time.'],
  ['cancelled', 'Cancelled.'],
])
