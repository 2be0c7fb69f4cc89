/** Parts are replaced or killed while replies run: each reply is completed, once, by a run that it names. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFunctionReference } from 'convex/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../local/stack/createStack.ts'
import type { Person } from '../support/person.ts'
import { type Chat, type Product, startProduct } from '../support/startProduct.ts'
import { until } from '../support/until.ts'

const LENGTH = 300

let product: Product
let person: Person
let copy: string
let functions: string

/** The functions lie in a folder of their own, so that a test can change them under the running deployment. */
function copyFunctions(): void {
  copy = mkdtempSync(join(tmpdir(), 'nightshift-functions-'))
  functions = join(copy, 'convex')
  cpSync(join(root, 'convex'), functions, { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  mkdirSync(join(copy, 'lib'))
  cpSync(join(root, 'lib', 'chat'), join(copy, 'lib', 'chat'), { recursive: true })
  // Where the packages are, wherever this project lies.
  const packages = join(createRequire(import.meta.url).resolve('convex/package.json'), '../..')
  symlinkSync(packages, join(copy, 'node_modules'))
}

beforeAll(async () => {
  copyFunctions()
  product = await startProduct({
    // A reply of 300 tokens takes five seconds.
    env: { CONVEX_FUNCTIONS: functions, LOCAL_MODEL_TPS: '60', INNGEST_BACKOFF_SCALE: '0.2' },
  })
  person = await product.person('Ada')
}, 120_000)
afterAll(async () => {
  await product.close()
  rmSync(copy, { recursive: true, force: true })
})

async function startReply(): Promise<Chat> {
  const chat = product.chat(person)
  await chat.send(`count to ${LENGTH}`).landed
  await chat.runningText(60)
  return chat
}

/** Every number once, in order, from one turn; `mostCalls` of the model, each but the last cut short. */
async function expectWhole(chat: Chat, mostCalls: number): Promise<void> {
  const [question, reply] = await chat.settled(2, 90_000)
  expect(question).toMatchObject({ role: 'user', status: 'completed' })
  expect(reply).toMatchObject({ role: 'assistant', status: 'completed' })
  expect(reply?.text.trim().split(/\s+/)).toEqual(Array.from({ length: LENGTH }, (_, index) => String(index + 1)))
  expect(reply?.inngestJobId).not.toBe('')
  const run = await until('its run has ended', async () => {
    const found = await product.run(reply?.inngestJobId ?? '')
    return found.status !== 'Running' && found
  })
  expect(run.status).toBe('Completed')
  const turns = await product.turns(question?.messageId ?? '')
  expect(turns.map(({ state }) => state)).toEqual(['completed'])
  const calls = await product.modelCalls(`${reply?.turnId}/`)
  expect(calls.length).toBeLessThanOrEqual(mostCalls)
  expect(calls.at(-1)?.outcome).toBe('completed')
  expect(await chat.readSettled()).toHaveLength(2)
}

describe('a reply that runs', () => {
  it('while the web process is replaced, as by a deploy, is completed, and so is a message sent meanwhile', async () => {
    const chat = await startReply()
    const before = product.pids().web
    const restarted = product.stack.restart('web')
    // The client is the one from before: its first tries meet nobody, and it keeps trying.
    const during = product.chat(person)
    const { landed } = during.send('echo in between')
    await restarted
    expect(product.pids().web).not.toBe(before)
    await landed
    expect((await during.settled(2)).map(({ text, status }) => [text, status])).toEqual([
      ['echo in between', 'completed'],
      ['in between', 'completed'],
    ])
    await expectWhole(chat, 2)
  }, 120_000)

  it.each(['web', 'convex', 'inngest'] as const)(
    'when %s is killed is completed, once',
    async (part) => {
      const chat = await startReply()
      const before = product.pids()[part]
      await product.stack.kill(part)
      await product.stack.waitServing(part)
      expect(product.pids()[part]).not.toBe(before)
      await expectWhole(chat, 2)
    },
    120_000,
  )

  it('while the database’s functions change is completed, and no socket is dropped', async () => {
    await product.stack.waitReady()
    const chat = await startReply()
    const sockets = person.convex.connectionState().connectionCount
    const added = 'export const answer = query({ args: {}, returns: v.string(), handler: async () => "the new code" })'
    writeFileSync(
      join(functions, 'deployed.ts'),
      `import { v } from 'convex/values'\nimport { query } from './_generated/server.js'\n${added}\n`,
    )
    // A function that this very reply goes through changes as well.
    const turns = join(functions, 'service', 'turns.ts')
    writeFileSync(turns, `${readFileSync(turns, 'utf8')}\nexport const deployed = true\n`)
    const ask = makeFunctionReference<'query', Record<string, never>, string>('deployed:answer')
    const answer = await until('the new code answers', () => person.convex.query(ask, {}).catch(() => undefined))
    expect(answer).toBe('the new code')
    expect(chat.tail().map(({ status }) => status)).toEqual(['processing', 'processing'])
    await expectWhole(chat, 1)
    expect(person.convex.connectionState()).toMatchObject({ isWebSocketConnected: true, connectionCount: sockets })
  }, 90_000)
})
