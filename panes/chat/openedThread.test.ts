import { expect, it } from 'vitest'
import { messageOf } from './messageFixtures.ts'
import { openedIn, openedThread } from './openedThread.ts'

const id = '0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11'
const part = (output: string, more: { name?: string; state?: 'done' | 'failed' | 'running' } = {}) => ({
  type: 'tool' as const,
  step: 'tool-0-0',
  id: 'call',
  name: 'openThread',
  input: '{}',
  state: 'done' as const,
  output,
  ...more,
})

it('reads where a thread was opened', () => {
  expect(openedThread(part(JSON.stringify({ open: id, title: 'Lisbon' })))).toEqual({ threadId: id, title: 'Lisbon' })
  expect(openedThread(part(JSON.stringify({ open: id })))).toEqual({ threadId: id, title: '' })
})

it('follows nothing but a thread that this tool has really opened', () => {
  for (const output of ['', 'null', '[]', '{"open":7}', '{"open":"javascript:alert(1)"}', `{"open":"../${id}"}`]) {
    expect(openedThread(part(output)), output).toBeNull()
  }
  const good = JSON.stringify({ open: id })
  expect(openedThread(part(good, { name: 'readPage' }))).toBeNull()
  expect(openedThread(part(good, { state: 'failed' }))).toBeNull()
})

it('names each of a reply apart', () => {
  const parts = [part(JSON.stringify({ open: id })), { ...part(JSON.stringify({ open: id })), step: 'tool-0-1' }]
  expect(openedIn(messageOf({ messageId: 'r1', parts })).map(({ key }) => key)).toEqual(['r1/tool-0-0', 'r1/tool-0-1'])
})
