/**
 * Who may call what. Every function that the outside can reach is found by walking the modules; one without sample arguments here fails,
 * so that a new function cannot be forgotten.
 */
import { makeFunctionReference } from 'convex/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { api } from './_generated/api.js'
import type { Id } from './_generated/dataModel.js'
import {
  freeze,
  m,
  modelResult,
  modules,
  personIdentity,
  serviceIdentity,
  startConvex,
  T1,
  thaw,
} from './test.setup.ts'

beforeEach(freeze)
afterEach(thaw)

const error = { code: 'internal', message: 'x' }
const fence = { epoch: 1, try: 1 }
const paginationOpts = { numItems: 10, cursor: null }
const secret = 'the words of ada'
const scheduleKey = m(7)
const task = { title: 'news', prompt: secret, rule: { kind: 'cron', cron: '0 9 * * *' } as const, timeZone: 'UTC' }

/** Arguments that would do something if the caller were let in: all about ada's first message. */
function samples(turnId: string): Record<string, Record<string, unknown>> {
  const message = { messageId: m(1), text: 'x', sentAt: 0 }
  const begun = { ownerId: 'ada', threadId: T1, message, after: null }
  return {
    'threads:list': { paginationOpts },
    'threads:get': { threadId: T1 },
    'threads:rename': { threadId: T1, title: 'taken over' },
    'threads:setInstructions': { threadId: T1, instructions: 'taken over' },
    'threads:setPolicy': { threadId: T1, policy: 'interrupt' },
    'threads:setModel': { threadId: T1, model: 'taken-over' },
    'threads:setBudget': { threadId: T1, budgetMicros: 1 },
    'threads:pinned': {},
    'threads:unread': {},
    'threads:pin': { threadId: T1, isPinned: true },
    'threads:archive': { threadId: T1, isArchived: true },
    'threads:see': { threadId: T1 },
    'threads:markUnread': { threadId: T1 },
    'threads:remove': { threadId: T1 },
    'threads:restore': { threadId: T1 },
    'shares:list': {},
    'shares:ofThread': { threadId: T1 },
    'shares:create': { threadId: T1 },
    'shares:revoke': { threadId: T1 },
    'shares:read': { shareId: '0'.repeat(32), paginationOpts },
    'account:summary': {},
    'messages:page': { threadId: T1, paginationOpts },
    'messages:tail': { threadId: T1 },
    'messages:follow': { messageId: turnId, key: null, from: 0 },
    'messages:landed': { messageIds: [m(1), turnId] },
    'turns:stop': { messageId: turnId },
    'turns:retry': { messageId: m(1) },
    'turns:continue': { messageId: turnId },
    'branches:regenerate': { messageId: turnId },
    'branches:select': { threadId: T1, turnId },
    'branches:forks': { threadId: T1 },
    'queue:edit': { messageId: m(1), text: 'taken over' },
    'queue:move': { messageId: m(1), before: null },
    'queue:remove': { messageId: m(1) },
    'queue:sendNow': { messageId: m(1) },
    'queue:steer': { messageId: m(1), steer: true },
    'waits:get': { waitId: turnId },
    'waits:answer': { waitId: turnId, answer: { kind: 'cancel' } },
    'inbox:list': {},
    'inbox:dismiss': { messageId: turnId },
    'jobs:context': { messageId: m(1) },
    'jobs:page': { filter: 'all', paginationOpts },
    'jobs:summary': {},
    'jobs:inspect': { messageId: m(1) },
    'memories:list': {},
    'memories:save': { key: m(31), text: 'taken over' },
    'memories:remove': { key: m(31) },
    'search:everything': { query: secret },
    'preferences:get': {},
    'preferences:set': { instructions: 'mine' },
    'preferences:seeTimeZone': { timeZone: 'Europe/Paris' },
    'schedules:list': {},
    'schedules:save': { key: scheduleKey, threadId: T1, ...task, title: 'taken over' },
    'schedules:setState': { key: scheduleKey, state: 'paused' },
    'schedules:runNow': { key: scheduleKey, id: m(8) },
    'schedules:remove': { key: scheduleKey },
    'spending:summary': {},
    'service/turns:begin': { runId: 'r9', ...begun },
    'service/turns:claim': { turnId, epoch: 1, runId: 'r9' },
    'service/turns:settle': { turnId, epoch: 1, outcome: { kind: 'completed' } },
    'service/turns:failRun': { runId: 'r1', error },
    'service/turns:fence': { turnId },
    'service/steps:open': { turnId, epoch: 1, runId: 'r1', step: 'model-0', kind: 'model' },
    'service/steps:commit': { turnId, fence, step: 'model-0', result: modelResult() },
    'service/steps:fail': { turnId, fence, step: 'model-0', error },
    'service/steps:abandon': { turnId, fence, step: 'model-0', spend: { costMicros: 1 } },
    'service/text:append': { turnId, fence, step: 'model-0', offset: secret.length, text: '!' },
    'service/text:think': { turnId, fence, step: 'model-0' },
    'service/context:load': { turnId, epoch: 1, uptoTokens: 1000 },
    'service/context:committed': { turnId, epoch: 1 },
    'service/limits:admit': { ownerId: 'ada', messageId: m(5), now: 0 },
    'service/threads:forTitle': { ownerId: 'ada', threadId: T1 },
    'service/threads:setTitle': { ownerId: 'ada', threadId: T1, title: 'taken over' },
    'service/threads:rename': { ownerId: 'ada', threadId: T1, title: 'taken over' },
    'service/threads:find': { ownerId: 'ada', threadId: T1 },
    'service/timers:mayBeSet': { ownerId: 'ada', threadId: T1 },
    'service/memories:save': { ownerId: 'ada', key: 'k', text: 'taken over' },
    'service/memories:search': { ownerId: 'ada', query: 'words' },
    'service/memories:remove': { ownerId: 'ada', key: m(31) },
    'service/search:messages': { ownerId: 'ada', threadId: T1, query: secret, limit: 5 },
    'service/summaries:load': { ownerId: 'ada', threadId: T1, branch: 'main', uptoSettled: 99 },
    'service/summaries:save': {
      ownerId: 'ada',
      threadId: T1,
      branch: 'main',
      uptoSettled: 99,
      from: 0,
      reached: 3,
      text: 'taken over',
      model: 'x',
    },
    'service/users:upsert': { userId: 'ada', updatedAt: 1 },
    'service/users:remove': { userId: 'ada' },
    'service/trace:byMessage': { messageId: m(1) },
    'service/health:ping': {},
    'service/timers:ring': { kind: 'schedule', id: turnId, version: 1 },
    'service/schedules:list': { ownerId: 'ada' },
    'service/schedules:save': { ownerId: 'ada', key: scheduleKey, threadId: T1, ...task },
    'service/schedules:setState': { ownerId: 'ada', key: scheduleKey, state: 'paused' },
    'service/schedules:runNow': { ownerId: 'ada', key: scheduleKey, id: 'k' },
    'service/schedules:remove': { ownerId: 'ada', key: scheduleKey },
  }
}

interface Registered {
  isPublic?: boolean
  isQuery?: boolean
  isMutation?: boolean
  isAction?: boolean
  isHttp?: boolean
}

async function publicFunctions(): Promise<{ path: string; kind: 'query' | 'mutation' | 'action' }[]> {
  const found: { path: string; kind: 'query' | 'mutation' | 'action' }[] = []
  for (const [file, load] of Object.entries(modules)) {
    if (file.includes('_generated')) continue
    const exported = (await load()) as Record<string, Registered>
    for (const [name, value] of Object.entries(exported)) {
      if (value?.isHttp) throw new Error(`${file}:${name} is an HTTP action: nobody checks who calls it`)
      if (!value?.isPublic) continue
      const path = `${file.replace(/^\.\//, '').replace(/\.ts$/, '')}:${name}`
      found.push({ path, kind: value.isQuery ? 'query' : value.isMutation ? 'mutation' : 'action' })
    }
  }
  return found
}

async function withAda() {
  const c = startConvex()
  const take = await c.go(m(1), { runId: 'r1' })
  await c.append({ turnId: take.turnId, fence: await c.fence(take), step: 'model-0', offset: 0, text: secret })
  await c.ada.mutation(api.schedules.save, { key: scheduleKey, threadId: T1, ...task })
  await c.ada.mutation(api.memories.save, { key: m(31), text: secret })
  return { ...c, turnId: take.turnId }
}

type Convex = Awaited<ReturnType<typeof withAda>>
type Caller = Parameters<Convex['t']['withIdentity']>[0] | null

/** Paths from the walk, not from `api`: they are called as a client calls them, by name. */
function call(c: Convex, caller: Caller, path: string, kind: string): Promise<unknown> {
  const as = caller ? c.t.withIdentity(caller) : c.t
  const args = samples(c.turnId)[path]
  if (!args) throw new Error(`${path} has no sample arguments: add them to access.test.ts`)
  return kind === 'query'
    ? as.query(makeFunctionReference<'query', typeof args>(path), args)
    : as.mutation(makeFunctionReference<'mutation', typeof args>(path), args)
}

const everything = (c: Convex) =>
  c.t.run(async (ctx) => {
    const rows: unknown[] = []
    for (const table of [
      'threads',
      'turns',
      'messages',
      'texts',
      'steps',
      'users',
      'removedThreads',
      'schedules',
      'memories',
      'searchTexts',
      'summaries',
      'shares',
    ] as const) {
      rows.push(await ctx.db.query(table).collect())
    }
    return rows
  })

test('every public function is in the table, and nothing else is', async () => {
  const paths = (await publicFunctions()).map(({ path }) => path)
  expect(new Set(paths)).toEqual(new Set(Object.keys(samples(''))))
  expect((await publicFunctions()).filter(({ kind }) => kind === 'action')).toEqual([])
})

/** Read with nothing but a link's id: who asks does not matter, and an id that was made up is an unknown one. */
const forAnyone = new Set(['shares:read'])

test('nobody gets anything: every function refuses by its code', async () => {
  const c = await withAda()
  const before = await everything(c)
  for (const { path, kind } of await publicFunctions()) {
    if (forAnyone.has(path)) {
      expect(await call(c, null, path, kind)).toBeNull()
      continue
    }
    const code = path.startsWith('service/') ? 'not-allowed' : 'not-signed-in'
    await expect(call(c, null, path, kind), path).rejects.toThrow(code)
  }
  expect(await everything(c)).toEqual(before)
})

const pretenders = {
  'a person': personIdentity('ada'),
  'a person named like the service': { issuer: 'https://clerk.test', subject: 'service' },
  'another subject of our issuer': { issuer: serviceIdentity.issuer, subject: 'ada' },
  'a person with a claim': { ...personIdentity('ada'), role: 'service', service: true },
}
for (const [who, identity] of Object.entries(pretenders)) {
  test(`${who} is not let into any function of the service`, async () => {
    const c = await withAda()
    const before = await everything(c)
    for (const { path, kind } of await publicFunctions()) {
      if (path.startsWith('service/')) await expect(call(c, identity, path, kind), path).rejects.toThrow('not-allowed')
    }
    expect(await everything(c)).toEqual(before)
  })
}

test('the service is no person: it is refused by every function made for people', async () => {
  const c = await withAda()
  for (const { path, kind } of await publicFunctions()) {
    if (!path.startsWith('service/') && !forAnyone.has(path))
      await expect(call(c, serviceIdentity, path, kind), path).rejects.toThrow('not-allowed')
  }
})

/** What these change is the caller's, whatever the arguments name. */
const herOwn = new Set(['preferences:set', 'preferences:seeTimeZone', 'memories:save'])

test("a stranger sees nothing of ada's and changes nothing of hers, by whatever id", async () => {
  const c = await withAda()
  const before = await everything(c)
  for (const { path, kind } of await publicFunctions()) {
    if (path.startsWith('service/') || herOwn.has(path)) continue
    const answer = await call(c, personIdentity('eve'), path, kind).then(
      (value) => JSON.stringify(value),
      (thrown: unknown) => String(thrown),
    )
    for (const hers of [secret, `text of ${m(1)}`, 'r1']) expect(answer, path).not.toContain(hers)
  }
  expect(await everything(c)).toEqual(before)
})

test('an id that belongs to another table is an unknown one', async () => {
  const c = await withAda()
  const threadRow: Id<'threads'> | undefined = await c.t.run(
    async (ctx) => (await ctx.db.query('threads').first())?._id,
  )
  if (!threadRow) throw new Error('no thread')
  const claim = { turnId: threadRow, epoch: 1, runId: 'r1' }
  expect(await c.claim(claim)).toEqual({ kind: 'settled' })
  expect(await c.open({ ...claim, step: 'model-0', kind: 'model' })).toEqual({ kind: 'stopped' })
})
