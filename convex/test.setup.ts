/// <reference types="vite/client" />
/** What the tests of this folder share: the official convex-test with our modules, and people to be. (Two dots in its name: never deployed.) */

import type { FunctionArgs } from 'convex/server'
import { convexTest, type TestConvex } from 'convex-test'
import { vi } from 'vitest'
import { api, internal } from './_generated/api.js'
import schema from './schema.ts'
import type { Answer, Policy, StepResult, WaitSpec } from './validators.ts'

export const modules = import.meta.glob(['./**/*.ts', './**/*.js', '!./**/*.test.ts', '!./**/*.setup.ts'])

export const serviceIdentity = { issuer: 'https://nightshift.local/service', subject: 'service' }
export const personIdentity = (subject: string) => ({ issuer: 'https://clerk.test', subject })

/** Ids as clients make them, but the same in every run: `id('a', 1)`. */
export function clientId(kind: string, number: number): string {
  const hex = [...`${kind}`].map((char) => char.charCodeAt(0).toString(16)).join('')
  return `${hex.padEnd(8, '0').slice(0, 8)}-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export const T1 = clientId('t', 1)
export const T2 = clientId('t', 2)
export const m = (number: number) => clientId('m', number)

export const modelResult = (over: Partial<Extract<StepResult, { kind: 'model' }>> = {}): StepResult => ({
  kind: 'model',
  finishReason: 'stop',
  toolCalls: [],
  model: 'test-model',
  ...over,
})

/** Frozen time and quiet logs, for a test file's `beforeEach`; undone by `thaw`. */
export const startedAt = 1_800_000_000_000
export function freeze(): void {
  vi.useFakeTimers({ now: startedAt, toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  vi.spyOn(console, 'log').mockImplementation(() => {})
}
export function thaw(): void {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
}
export function wait(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

/** A fresh database, with the calls that tests make again and again. */
export function startConvex() {
  return callsOn(convexTest({ schema, modules, transactionLimits: true }))
}

/** On any backend that can be called like convex-test. */
export function callsOn(t: TestConvex<typeof schema>) {
  const service = t.withIdentity(serviceIdentity)
  const ada = t.withIdentity(personIdentity('ada'))
  const { turns, steps, text } = api.service

  type Begin = Partial<{
    runId: string
    ownerId: string
    threadId: string
    text: string
    after: string | null
    sentAt: number
    policy: Policy
    model: string
    edits: string
  }>
  const begin = (messageId: string, over: Begin = {}) =>
    service.mutation(turns.begin, {
      runId: over.runId ?? `run-${messageId}`,
      ownerId: over.ownerId ?? 'ada',
      threadId: over.threadId ?? T1,
      message: {
        messageId,
        text: over.text ?? `text of ${messageId}`,
        sentAt: over.sentAt ?? Date.now(),
        policy: over.policy ?? null,
        model: over.model ?? null,
        edits: over.edits ?? null,
      },
      after: over.after ?? null,
    })

  return {
    t,
    service,
    ada,
    bob: t.withIdentity(personIdentity('bob')),
    begin,
    /** Begins and insists that it may go on. */
    go: async (messageId: string, over: Begin = {}) => {
      const take = await begin(messageId, over)
      if (take.kind !== 'go') throw new Error(`${messageId} was to go, but is ${take.kind}`)
      return { ...take, runId: over.runId ?? `run-${messageId}` }
    },
    claim: (args: FunctionArgs<typeof turns.claim>) => service.mutation(turns.claim, args),
    settle: (args: FunctionArgs<typeof turns.settle>) => service.mutation(turns.settle, args),
    complete: (turnId: string, epoch: number) =>
      service.mutation(turns.settle, { turnId, epoch, outcome: { kind: 'completed' } }),
    open: (args: FunctionArgs<typeof steps.open>) => service.mutation(steps.open, args),
    /** Opens a model step and insists on its fence. */
    fence: async (take: { turnId: string; epoch: number; runId: string }, step = 'model-0') => {
      const { turnId, epoch, runId } = take
      const open = await service.mutation(steps.open, { turnId, epoch, runId, step, kind: 'model' })
      if (open.kind !== 'go') throw new Error(`${step} was to open, but is ${open.kind}`)
      return open.fence
    },
    append: (args: FunctionArgs<typeof text.append>) => service.mutation(text.append, args),
    commit: (args: FunctionArgs<typeof steps.commit>) => service.mutation(steps.commit, args),
    fail: (args: FunctionArgs<typeof steps.fail>) => service.mutation(steps.fail, args),
    stop: (messageId: string) => ada.mutation(api.turns.stop, { messageId }),
    retry: (messageId: string) => ada.mutation(api.turns.retry, { messageId }),
    resume: (messageId: string) => ada.mutation(api.turns.continue, { messageId }),
    regenerate: (messageId: string, model?: string) =>
      ada.mutation(api.branches.regenerate, { messageId, ...(model === undefined ? {} : { model }) }),
    select: (turnId: string, threadId = T1) => ada.mutation(api.branches.select, { threadId, turnId }),
    forks: (threadId = T1) => ada.query(api.branches.forks, { threadId }),
    /** What is done to a message that waits. */
    queue: {
      edit: (messageId: string, text: string) => ada.mutation(api.queue.edit, { messageId, text }),
      move: (messageId: string, before: string | null) => ada.mutation(api.queue.move, { messageId, before }),
      remove: (messageId: string) => ada.mutation(api.queue.remove, { messageId }),
      sendNow: (messageId: string) => ada.mutation(api.queue.sendNow, { messageId }),
      steer: (messageId: string, steer: boolean) => ada.mutation(api.queue.steer, { messageId, steer }),
    },
    tail: async (threadId = T1) => (await ada.query(api.messages.tail, { threadId })).messages,
    page: async (threadId = T1, numItems = 50) =>
      (await ada.query(api.messages.page, { threadId, paginationOpts: { numItems, cursor: null } })).page,
    follow: (messageId: string, key: string | null = null, from = 0) =>
      ada.query(api.messages.follow, { messageId, key, from }),
    thread: (threadId = T1) => ada.query(api.threads.get, { threadId }),
    turn: (turnId: string) =>
      t.run(async (ctx) => {
        const id = ctx.db.normalizeId('turns', turnId)
        const row = id && (await ctx.db.get(id))
        if (!row) throw new Error(`No turn ${turnId}`)
        return row
      }),
    /** Removed, and the time for an undo has gone by. */
    removeForGood: async (threadId = T1) => {
      await ada.mutation(api.threads.remove, { threadId })
      const rows = await t.run((ctx) => ctx.db.query('threads').collect())
      const row = rows.find((thread) => thread.ownerId === 'ada' && thread.threadId === threadId)
      if (!row?.removed) throw new Error(`${threadId} was not removed`)
      await t.mutation(internal.removal.finish, { thread: row._id, at: row.removed.at })
    },
    watchdog: () => t.mutation(internal.watchdog.tick, {}),
    owed: () => t.run((ctx) => ctx.db.query('owed').collect()),
    /** A model step that calls one tool, which then waits; the turn is not settled yet. */
    waitIn: async (take: { turnId: string; epoch: number; runId: string }, spec: WaitSpec, n = 0) => {
      const { turnId, epoch, runId } = take
      const call = { position: 0, id: 'call_1', name: 'tool', input: '{}' }
      const model = modelResult({ finishReason: 'tool-calls', toolCalls: [call] })
      const modelFence = await service.mutation(steps.open, { turnId, epoch, runId, step: `model-${n}`, kind: 'model' })
      if (modelFence.kind !== 'go') throw new Error(`model-${n} was to open, but is ${modelFence.kind}`)
      await service.mutation(steps.commit, { turnId, fence: modelFence.fence, step: `model-${n}`, result: model })
      const step = `tool-${n}-0`
      const open = await service.mutation(steps.open, { turnId, epoch, runId, step, kind: 'tool' })
      if (open.kind !== 'go') throw new Error(`${step} was to open, but is ${open.kind}`)
      const result = { kind: 'wait' as const, wait: spec, key: `${turnId}/${n}/0` }
      await service.mutation(steps.commit, { turnId, fence: open.fence, step, result })
      const [wait] = (await t.run((ctx) => ctx.db.query('waits').order('desc').take(1))) ?? []
      if (!wait) throw new Error('no wait was opened')
      return wait
    },
    answer: (waitId: string, answer: Answer) => ada.mutation(api.waits.answer, { waitId, answer }),
    inbox: () => ada.query(api.inbox.list, {}),
  }
}
