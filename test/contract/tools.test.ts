/** Tool calls through the real worker, database, queue and model: asked about, refused, approved, made once. */

import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import type { Preferences } from '../../convex/validators.ts'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
let site: Server
let siteUrl = ''
/** Each request to the site, and how to answer those that are held. */
const requests: string[] = []
const held: (() => void)[] = []
const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'

beforeAll(async () => {
  site = createServer((request, response) => {
    requests.push(request.url ?? '')
    const answer = () => response.setHeader('content-type', 'text/html').end('<title>Owls</title><p>By ear.</p>')
    if (request.url === '/held') held.push(answer)
    else answer()
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const address = site.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  siteUrl = `http://${host}`
  rig = await startWorkerRig({ profile, worker: { PAGE_READER_ALLOW: host } })
}, 60_000)
afterAll(async () => {
  await rig.close()
  site.closeAllConnections()
  site.close()
})

async function newPerson(tools?: Preferences['tools']) {
  const ownerId = `user_${randomUUID()}`
  const threadId = randomUUID()
  const client = await rig.person(ownerId)
  if (tools) await client.mutation(api.preferences.set, { tools })
  const page = async () => {
    const paginationOpts = { numItems: 50, cursor: null }
    return (await client.query(api.messages.page, { threadId, paginationOpts })).page.reverse()
  }
  const settled = async (count: number) => {
    try {
      return await until(
        `${count} settled messages`,
        async () => {
          const messages = await page()
          return messages.length >= count && messages
        },
        { withinMs: 20_000 },
      )
    } catch (error) {
      throw new Error(`${String(error)}\n${rig.readLog().slice(-5_000)}`, { cause: error })
    }
  }
  /** The last reply's calls. */
  const calls = async (count: number) => {
    const parts = (await settled(count)).at(-1)?.parts ?? []
    return parts.flatMap((part) => (part.type === 'tool' ? [part] : []))
  }
  const send = (text: string) => rig.send(ownerId, text, { threadId })
  const approval = async () => {
    const { waits } = await client.query(api.inbox.list, {})
    return waits.find(({ kind, threadId: where }) => kind === 'approval' && where === threadId)
  }
  return { ownerId, threadId, client, settled, calls, send, approval }
}

describe('a call', () => {
  it('that needs no asking is made, and its result is exact', async () => {
    const { send, calls } = await newPerson()
    await send('calculate 0.1 + 0.2')
    expect(await calls(2)).toMatchObject([
      { name: 'calculate', state: 'done', output: expect.stringContaining('"0.3"') },
    ])
  })

  it('renames the thread, as if the person had', async () => {
    const { send, calls, client, threadId } = await newPerson()
    await send('use renameThread with {"title": "Owls"}')
    expect(await calls(2)).toMatchObject([{ state: 'done', output: '{"title":"Owls"}' }])
    expect(await client.query(api.threads.get, { threadId })).toMatchObject({ title: 'Owls' })
  })

  it('opens threads of the person and of nobody else', async () => {
    const eve = await newPerson()
    const { send, calls, threadId } = await newPerson()
    await eve.send('say mine')
    await eve.settled(2)
    await send(`use openThread with {"threadId": "${threadId}"} and openThread with {"threadId": "${eve.threadId}"}`)
    expect(await calls(2)).toMatchObject([
      { state: 'done', output: expect.stringContaining(`"open":"${threadId}"`) },
      { state: 'failed', output: '"There is no such chat."' },
    ])
  })

  it('of a tool that was made up, or with input that does not fit, is answered to the model, and nobody is asked', async () => {
    const { send, calls, approval } = await newPerson({ calculate: 'ask' })
    await send('call unknown tool')
    expect(await calls(2)).toMatchObject([{ state: 'failed', output: expect.stringContaining('no tool named') }])
    await send('use calculate with {"expression": 7}')
    expect(await calls(4)).toMatchObject([{ state: 'failed', output: expect.stringContaining('does not fit') }])
    expect(await approval()).toBeUndefined()
  })

  it('of a tool that the person has switched off is not made, nor is the tool offered', async () => {
    const { send, settled } = await newPerson({ calculate: 'never' })
    await send('calculate 1 + 1')
    const reply = (await settled(2)).at(-1)
    expect(reply?.status).toBe('completed')
    expect(reply?.parts ?? []).not.toContainEqual(expect.objectContaining({ name: 'calculate', state: 'done' }))
    const [turn] = await rig.trace(reply?.inReplyTo ?? '')
    expect(turn?.steps.map(({ step }) => step)).toContain('model-0')
  })
})

describe('a call that must be approved', () => {
  it('waits with exactly what will be run, and is made once it is', async () => {
    const { send, calls, approval, client } = await newPerson({ calculate: 'ask' })
    await send('use calculate with {"expression": "6 * 7", "sneaked": "in"}')
    expect(await calls(2)).toMatchObject([{ state: 'waiting', output: expect.stringContaining('"for":"approval"') }])
    const wait = await approval()
    expect(wait).toMatchObject({ tool: 'calculate', input: '{"expression":"6 * 7"}', summary: 'Calculate 6 * 7.' })
    if (!wait) return
    await client.mutation(api.waits.answer, { waitId: wait.waitId, answer: { kind: 'approve' } })
    expect(await calls(4)).toMatchObject([
      {
        step: 'tool-approved-0',
        state: 'done',
        input: '{"expression":"6 * 7"}',
        output: expect.stringContaining('"42"'),
      },
    ])
  })

  it('is not made when the person says no', async () => {
    const { send, calls, approval, client, settled } = await newPerson({ calculate: 'ask' })
    await send('calculate 6 * 7')
    await calls(2)
    const wait = await approval()
    if (!wait) throw new Error('no approval is asked for')
    await client.mutation(api.waits.answer, { waitId: wait.waitId, answer: { kind: 'deny' } })
    const messages = await settled(4)
    expect(messages.at(-1)).toMatchObject({ status: 'completed', cause: 'approval' })
    expect(messages.at(-1)?.parts ?? []).not.toContainEqual(expect.objectContaining({ type: 'tool' }))
  })

  it('to a page whose address the person did not write asks, and one that they wrote does not', async () => {
    const { send, calls, approval, client } = await newPerson()
    await send(`read ${siteUrl}/owls`)
    expect(await calls(2)).toMatchObject([{ state: 'done', output: expect.stringContaining('By ear.') }])
    await send(`use readPage with {"url": "${siteUrl.replace('http:', 'HTTP:')}/x?words=secret&more=/owls"}`)
    // The address stands in the order itself, so it is the person's own.
    expect(await calls(4)).toMatchObject([{ state: 'done' }])
    await send(`use readPage with {"url": "${siteUrl}\\u002fstolen"}`)
    expect(await calls(6)).toMatchObject([{ state: 'waiting' }])
    expect(requests).not.toContain('/stolen')
    const wait = await approval()
    expect(wait?.summary).toBe(`Read the page ${siteUrl}/stolen.`)
    if (!wait) return
    await client.mutation(api.waits.answer, { waitId: wait.waitId, answer: { kind: 'approve' } })
    expect(await calls(8)).toMatchObject([{ state: 'done', output: expect.stringContaining('By ear.') }])
    expect(requests.filter((path) => path === '/stolen')).toHaveLength(1)
  })

  it('is finished after its worker died in the middle of it', async () => {
    const { send, calls, settled } = await newPerson()
    await send(`read ${siteUrl}/held`)
    await until('the page is asked for', async () => held.length > 0)
    await rig.kill('worker')
    rig.start('worker')
    // Reading may be repeated, so it is, without asking anybody.
    await until('it is asked for again', async () => held.length > 1, { withinMs: 30_000 })
    for (const answer of held) answer()
    expect(await calls(2)).toMatchObject([{ state: 'done', output: expect.stringContaining('By ear.') }])
    expect((await settled(2)).at(-1)).toMatchObject({ status: 'completed' })
  }, 60_000)
})
