/** Changed code is deployed while turns wait, and while one is being written: all of them end as they should, by the new code. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFunctionReference } from 'convex/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import type { MessageView, WaitView } from '../../convex/validators.ts'
import { type CodeCopy, copyCode, rewriteFile } from '../support/copyCode.ts'
import { copyFunctions, type FunctionsCopy } from '../support/copyFunctions.ts'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
let functions: FunctionsCopy
let code: CodeCopy
const ownerId = 'deployer'

beforeAll(async () => {
  functions = copyFunctions()
  code = copyCode()
  rig = await startWorkerRig({
    profile: process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly',
    functions: functions.folder,
    model: { LOCAL_MODEL_TPS: '40' },
  })
}, 60_000)
afterAll(async () => {
  await rig.close()
  functions.remove()
  code.remove()
})

/** What the new code does differently: it keeps an answer with other words, tells it with other words, and has a step more. */
function changeCode(): void {
  rewriteFile(join(functions.folder, 'decisions/decideWait.ts'), 'answer: text }', "answer: text + ', kept anew' }")
  rewriteFile(
    join(code.folder, 'lib/agent/notes.ts'),
    "note('the person answers your question:', text)",
    "note('the person answers your question:', text + ', told anew')",
  )
  rewriteFile(
    join(code.folder, 'inngest/functions/processMessage.ts'),
    'const { call } = plan',
    "await step.run('look-around', () => null)\n    const { call } = plan",
  )
  const added = 'export const deployed = query({ args: {}, returns: v.null(), handler: async () => null })'
  writeFileSync(
    join(functions.folder, 'added.ts'),
    `import { v } from 'convex/values'\nimport { query } from './_generated/server.js'\n${added}\n`,
  )
}

it('what waits for a time, an answer, an approval or a task goes on by the new code, and what is being written is written to its end', async () => {
  const client = await rig.person(ownerId)
  const say = async (text: string) => (await rig.send(ownerId, text)).threadId
  const replies = async (threadId: string): Promise<MessageView[]> => {
    const page = { threadId, paginationOpts: { numItems: 50, cursor: null } }
    return (await client.query(api.messages.page, page)).page.filter(({ role }) => role === 'assistant')
  }
  const hears = (threadId: string, words: string) =>
    until(
      `thread ${threadId} hears “${words}”`,
      async () => (await replies(threadId)).find(({ text }) => text.includes(words)),
      {
        withinMs: 40_000,
      },
    ).catch(async (error: unknown) => {
      throw new Error(
        `${String(error)} It has ${JSON.stringify(await replies(threadId))}\n${rig.readLog().slice(-5_000)}`,
      )
    })
  const open = async (kind: WaitView['kind']) =>
    until(`a wait for ${kind}`, async () =>
      (await client.query(api.inbox.list, {})).waits.find((one) => one.kind === kind),
    )

  const timed = await say('wait 10 seconds then say good morning')
  const asked = await say('ask me which colour')
  const withTool = await say(
    'ask approval to scheduleTask with {"title":"Tea","prompt":"echo tea","cron":"0 9 * * 1-5"}',
  )
  const [, question, approval] = [await open('time'), await open('question'), await open('approval')]
  const key = randomUUID()
  const rule = { kind: 'once' as const, at: Date.now() + 8_000 }
  const task = { key, threadId: asked, title: 'Later', prompt: 'echo the task', rule, timeZone: 'UTC' }
  await client.mutation(api.schedules.save, task)
  const writing = await say('count to 300')
  await until('a reply is being written', async () =>
    (await client.query(api.messages.tail, { threadId: writing })).messages.some(({ live }) => live?.key),
  )

  changeCode()
  await rig.kill('worker')
  rig.start('worker', code.folder)
  const deployed = makeFunctionReference<'query', Record<string, never>, null>('added:deployed')
  await until('the new functions answer', () =>
    client.query(deployed, {}).then(
      () => true,
      () => false,
    ),
  )

  await client.mutation(api.waits.answer, { waitId: question.waitId, answer: { kind: 'text', text: 'blue' } })
  await client.mutation(api.waits.answer, { waitId: approval.waitId, answer: { kind: 'approve' } })
  expect((await hears(asked, 'You answered')).text).toBe('You answered: blue, kept anew, told anew')
  await hears(withTool, 'Done: ')
  expect((await hears(timed, 'good morning')).cause).toBe('time')
  await hears(asked, 'the task')
  const counted = await hears(writing, ' 300')
  expect(counted.text).toBe(Array.from({ length: 300 }, (_, index) => index + 1).join(' '))
  // Each once, and nothing is left over.
  const schedules = await client.query(api.schedules.list, {})
  expect(schedules.map(({ title, runs }) => [title, runs]).sort()).toEqual([
    ['Later', 1],
    ['Tea', 0],
  ])
  expect((await client.query(api.inbox.list, {})).waits).toEqual([])
  const all = (await Promise.all([timed, asked, withTool, writing].map(replies))).map((each) => each.length)
  expect(all).toEqual([2, 3, 2, 1])
}, 120_000)
