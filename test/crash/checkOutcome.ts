/** The verdict over a crash run: pure, from what clients sent, what they can read at the end, and the model's journal. */

export interface SentMessage {
  messageId: string
  threadId: string
  acked: boolean
  /** The exact reply that must come back; undefined when any non-empty text will do. */
  reply: string | undefined
  /** Model calls a run without kills makes. */
  calls: number
}

export interface SeenMessage {
  messageId: string
  turnId: string
  role: 'user' | 'assistant'
  status: string
  text: string
  /** Place in the thread: rows come in the order a person sees them. */
}

export interface Outcome {
  sent: number
  acked: number
  lost: number
  duplicated: number
  mixed: number
  misordered: number
  stuck: number
  rebilled: number
}

export interface Evidence {
  sent: SentMessage[]
  /** Rows of each thread in the order they are shown, settled and unsettled. */
  threads: Map<string, SeenMessage[]>
  /** Model calls by turn id, from the provider's own journal. */
  callsByTurn: Map<string, number>
}

export interface Finding {
  kind: keyof Outcome
  messageId: string
  threadId: string
  detail: string
}

const terminal = new Set(['completed', 'failed', 'cancelled'])

export function checkOutcome({ sent, threads, callsByTurn }: Evidence): { outcome: Outcome; findings: Finding[] } {
  const findings: Finding[] = []
  const outcome: Outcome = {
    sent: sent.length,
    acked: sent.filter((message) => message.acked).length,
    lost: 0,
    duplicated: 0,
    mixed: 0,
    misordered: 0,
    stuck: 0,
    rebilled: 0,
  }
  const find = (
    kind: 'lost' | 'duplicated' | 'mixed' | 'misordered' | 'stuck',
    message: SentMessage,
    detail: string,
  ) => {
    outcome[kind] += 1
    findings.push({ kind, messageId: message.messageId, threadId: message.threadId, detail })
  }

  for (const message of sent) {
    const rows = threads.get(message.threadId) ?? []
    const own = rows.filter((row) => row.messageId === message.messageId)
    const first = own[0]
    if (!first) {
      if (message.acked) find('lost', message, 'acknowledged, but not in its thread')
      continue
    }
    if (own.length > 1) find('duplicated', message, `the message is there ${own.length} times`)
    const replies = rows.filter((row) => row.role === 'assistant' && row.turnId === first.turnId)
    const reply = replies[0]
    if (replies.length > 1) find('duplicated', message, `${replies.length} replies`)
    if (!terminal.has(first.status) || (reply && !terminal.has(reply.status))) {
      find('stuck', message, `message ${first.status}, reply ${reply?.status ?? 'none'}`)
      continue
    }
    if (!reply) find('lost', message, `no reply; the message is ${first.status}`)
    else if (reply.status !== 'completed')
      find('lost', message, `the reply is ${reply.status}: ${reply.text.slice(0, 80)}`)
    else if (message.reply === undefined ? reply.text.trim() === '' : reply.text !== message.reply) {
      find('mixed', message, `got ${JSON.stringify(reply.text.slice(0, 120))}`)
    }
    outcome.rebilled += Math.max(0, (callsByTurn.get(first.turnId) ?? 0) - message.calls)
  }

  for (const [threadId, rows] of threads) {
    const wanted = sent.filter((message) => message.threadId === threadId).map((message) => message.messageId)
    const shown = rows.filter((row) => row.role === 'user').map((row) => row.messageId)
    const expected = wanted.filter((id) => shown.includes(id))
    const got = [...new Set(shown)].filter((id) => wanted.includes(id))
    expected.forEach((id, index) => {
      if (got[index] === id) return
      outcome.misordered += 1
      findings.push({ kind: 'misordered', messageId: id, threadId, detail: `place ${index} is ${got[index]}` })
    })
  }
  return { outcome, findings }
}
