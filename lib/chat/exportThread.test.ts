import { expect, it } from 'vitest'
import type { MessageView } from '../../convex/validators.ts'
import {
  type ExportedThread,
  type ExportWords,
  fenced,
  fileNameOf,
  threadAsJson,
  threadAsMarkdown,
} from './exportThread.ts'

const words: ExportWords = {
  untitled: 'Untitled',
  you: 'You',
  reply: 'Reply',
  exported: (when) => `Exported ${when}`,
  statuses: { waiting: 'waiting', failed: 'failed', cancelled: 'stopped' },
  used: (tool) => `Used ${tool}`,
  failedTool: (tool) => `${tool} failed`,
  added: 'You added',
  thought: 'Thoughts',
  question: 'Question:',
  approval: 'Approval:',
  timer: 'Wait:',
  answered: 'Answer:',
  ended: (state) => `Ended: ${state}`,
}
const base = { turnId: 't', inngestJobId: 'run', createdAt: 0, settledAt: 60_000, status: 'completed' } as const
// The ids of rows are opaque strings that only the database can make: the samples carry plain ones.
const message = (fields: object) => ({ ...base, ...fields }) as unknown as MessageView
const own = (text: string, more: object = {}) => message({ messageId: 'm1', role: 'user', text, ...more })
const reply = (text: string, more: object = {}) => message({ messageId: 'm2', role: 'assistant', text, ...more })
const thread = (...messages: MessageView[]): ExportedThread => ({
  threadId: 'id',
  title: 'Painting  the\nhouse',
  exportedAt: 120_000,
  messages,
})
const minute = (at: number) => `minute ${at / 60_000}`
const asMarkdown = (...messages: MessageView[]) => threadAsMarkdown(thread(...messages), words, minute)

it('writes the title on one line, who said what and when, in order', () => {
  expect(asMarkdown(own('Which colour?'), reply('**Blue**, of course.\n'))).toBe(
    '# Painting the house\n\nExported minute 2\n\n## You · minute 1\n\nWhich colour?\n\n## Reply · minute 1\n\n**Blue**, of course.\n',
  )
})

it('says of a reply that it failed, and why', () => {
  const text = asMarkdown(reply('Half of', { status: 'failed', error: { code: 'x', message: 'The model\nis gone.' } }))
  expect(text).toContain('## Reply (failed) · minute 1\n\nHalf of\n\n> The model\n> is gone.')
})

it('tells tools, thoughts and what was added in their order, without the names of steps', () => {
  const parts = [
    { type: 'reasoning', step: 'model-0', text: 'Hm.', ms: 900 },
    { type: 'text', step: 'model-0', text: 'Let me see.' },
    { type: 'tool', step: 'tool-0-0', id: 'c', name: 'calculate', input: '{"a":1}', output: '2', state: 'done' },
    { type: 'steer', step: 'model-1', messageId: 'm3', text: 'Shorter' },
    { type: 'text', step: 'model-1', text: 'Two.' },
  ]
  const text = asMarkdown(reply('Let me see.Two.', { parts }))
  const places = ['Hm.', 'Let me see.', '*Used calculate*', '```json\n{"a":1}\n```', '> Shorter', 'Two.\n'].map(
    (part) => text.indexOf(part),
  )
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(text).not.toContain('model-0')
  expect(threadAsJson(thread(reply('', { parts })))).not.toContain('tool-0-0')
})

it('tells a question with its answer in the reply that asked, and nothing of the row that went on with it', () => {
  const waits = [{ kind: 'question', state: 'answered', until: 0, question: 'Tea?', answer: 'Yes' }]
  const text = asMarkdown(reply('', { parts: [], waits }), own('', { cause: 'answer' }), reply('Here it is.'))
  expect(text).toContain('> **Question:** Tea?\n>\n> **Answer:** Yes')
  expect(text.match(/^## /gm)).toHaveLength(2)
})

it('keeps a fence in what a tool has said from ending the block around it', () => {
  expect(fenced('```\nx\n````', 'json')).toBe('`````json\n```\nx\n````\n`````')
})

it('writes JSON that can be read again, with times people can read and no rows of ours', () => {
  const file = JSON.parse(threadAsJson(thread(own('Hi'), reply('Hello', { model: 'm', costMicros: 12 }))))
  expect(file).toMatchObject({ format: 'nightshift-thread', version: 1, exportedAt: '1970-01-01T00:02:00.000Z' })
  expect(file.messages).toEqual([
    expect.objectContaining({ messageId: 'm1', role: 'user', text: 'Hi', createdAt: '1970-01-01T00:00:00.000Z' }),
    expect.objectContaining({ messageId: 'm2', text: 'Hello', model: 'm', costMicros: 12 }),
  ])
  expect(file.messages[1]).not.toHaveProperty('inngestJobId')
  expect(file.messages[1]).not.toHaveProperty('turnId')
})

it('names the file after the thread, in a way every file system takes', () => {
  expect(fileNameOf('Which colour: red/blue?', 'markdown', 'chat')).toBe('Which colour red blue.md')
  expect(fileNameOf('../../etc/passwd', 'json', 'chat')).toBe('etc passwd.json')
  expect(fileNameOf('  \u202Etxt.exe\u0000 ', 'markdown', 'chat')).toBe('txt.exe.md')
  expect(fileNameOf('...', 'markdown', 'chat')).toBe('chat.md')
  expect(fileNameOf('nul', 'json', 'chat')).toBe('chat.json')
  expect([...fileNameOf('日'.repeat(200), 'json', 'chat')]).toHaveLength(65)
})
