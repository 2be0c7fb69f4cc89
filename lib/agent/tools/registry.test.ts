import { expect, it } from 'vitest'
import { z } from 'zod'
import { registry } from './registry.ts'
import { tidySummary } from './tidySummary.ts'

/** One good input for each tool. */
const inputs: Record<string, unknown> = {
  currentTime: {},
  convertTime: { time: '9:00', from: 'UTC', to: 'Asia/Tokyo' },
  calculate: { expression: '1 + 1' },
  readPage: { url: 'https://example.com' },
  searchThreads: { query: 'owls' },
  remember: { text: 'I like owls.' },
  recall: { query: 'owls' },
  forget: { key: 'k', text: 'Likes tea' },
  renameThread: { title: ' Owls ' },
  openThread: { threadId: '0b5c8a4e-8f5d-4c3a-9d5e-0a1b2c3d4e5f' },
  wait: { seconds: 60, reason: 'tea' },
  askUser: { question: ' Red? ', choices: ['Yes ', 'No'] },
  scheduleTask: { title: 'Tea', prompt: 'Remind me of tea.', cron: '0 9 * * 1-5' },
  listSchedules: {},
  changeSchedule: { key: 'k', action: 'pause', title: 'Post' },
}

it('holds every tool, under its own name', () => {
  expect(new Set(registry.keys())).toEqual(new Set(Object.keys(inputs)))
  for (const [name, tool] of registry) expect(tool.name).toBe(name)
})

it.each([...registry.values()])('$name has a schema that every provider takes, of an object', ({ inputSchema }) => {
  expect(z.toJSONSchema(inputSchema, { io: 'input' })).toMatchObject({ type: 'object' })
})

it.each([...registry.values()])('$name gives what was checked unchanged when it is checked again', (tool) => {
  const checked = tool.check(inputs[tool.name])
  expect(tool.check(JSON.parse(JSON.stringify(checked)))).toEqual(checked)
})

it.each([...registry.values()])('$name says in one plain sentence what it does', (tool) => {
  const summary = tool.summarize(inputs[tool.name])
  expect(summary).toMatch(/^\p{Lu}.{5,}[.?!…”]$/u)
  expect(tidySummary(summary)).toBe(summary)
})

it('asks before what changes the person’s facts and plans, and about nothing else', () => {
  const asking = [...registry.values()].filter(({ permission }) => permission !== 'always').map(({ name }) => name)
  expect(new Set(asking)).toEqual(new Set(['changeSchedule', 'forget', 'scheduleTask']))
})
