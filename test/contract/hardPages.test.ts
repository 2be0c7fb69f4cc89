/** Pages that hang, drip, fail, lie and flood, read by a reply: it goes on with words about it, within the tool's limits, and Stop works meanwhile. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../../convex/_generated/api.js'
import { type PageServer, startPageServer } from '../support/startPageServer.ts'
import { callsOf, startVictim } from '../support/startVictim.ts'
import { startWorkerRig, type WorkerRig } from '../support/startWorkerRig.ts'
import { until } from '../support/until.ts'

let rig: WorkerRig
let site: PageServer
/** How many connections of endless pages are open. */
let open = 0
const profile = process.env['NIGHTSHIFT_PROFILE'] === 'strict' ? 'strict' : 'friendly'
const html = { 'content-type': 'text/html' }
const MEGABYTES_50 = 50 * 1024 * 1024

beforeAll(async () => {
  site = await startPageServer()
  site.show('/hang', () => undefined)
  site.show('/drip', (_request, response) => {
    open += 1
    response.writeHead(200, html)
    const timer = setInterval(() => response.write('x'), 50)
    response.on('close', () => {
      open -= 1
      clearInterval(timer)
    })
  })
  site.show('/500', (_request, response) => response.writeHead(500, html).end('<p>broken</p>'))
  site.show('/huge', (_request, response) => response.writeHead(200, html).end(Buffer.alloc(MEGABYTES_50, 'word ')))
  site.show('/bomb', (_request, response) =>
    response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(MEGABYTES_50, 'word '))),
  )
  site.show('/cut', (_request, response) => {
    response.writeHead(200, { ...html, 'content-length': '1000' }).write('half')
    setImmediate(() => response.destroy())
  })
  site.show('/loop', (_request, response) => response.writeHead(302, { location: '/loop' }).end())
  // A quick model: a reply beyond its limit is written in seconds.
  rig = await startWorkerRig({
    profile,
    worker: { PAGE_READER_ALLOW: site.host },
    model: { LOCAL_MODEL_TPS: '20000' },
  })
}, 60_000)
afterAll(async () => {
  await rig?.close()
  site?.close()
})

describe('a page that', () => {
  it.each([
    ['answers with a fault', '/500', 'status 500'],
    ['breaks off', '/cut', 'could not be reached'],
    ['leads around in circles', '/loop', 'more than 5 times'],
    ['is not there', '/missing', 'status 404'],
  ])('%s is told as a failed call, and the reply goes on', async (_what, path, words) => {
    const victim = await startVictim(rig)
    const reply = await victim.say(`read ${site.url}${path}`)
    expect(callsOf(reply)).toMatchObject([{ state: 'failed', output: expect.stringContaining(words) }])
    expect(reply).toMatchObject({ status: 'completed', text: expect.stringContaining(words) })
  })

  it('never comes, or never ends, is given up after fifteen seconds, and its connection is closed', async () => {
    const replies = ['/hang', '/drip'].map(async (path) => {
      const victim = await startVictim(rig)
      return victim.say(`read ${site.url}${path}`)
    })
    for (const reply of await Promise.all(replies)) {
      expect(callsOf(reply)).toMatchObject([{ state: 'failed', output: expect.stringContaining('within 15 seconds') }])
      expect(reply).toMatchObject({ status: 'completed', text: expect.stringContaining('15 seconds') })
    }
    await until('the connection is closed', () => open === 0)
  }, 45_000)

  it.each(['/huge', '/bomb'])('sends fifty megabytes is read in part, and says so: %s', async (path) => {
    const victim = await startVictim(rig)
    const reply = await victim.say(`read ${site.url}${path}`)
    const [call] = callsOf(reply)
    expect(call).toMatchObject({ state: 'done', output: expect.stringContaining('"truncated":true') })
    expect(call?.output?.length).toBeLessThan(25_000)
    expect(reply.status).toBe('completed')
  })
})

describe('a reply', () => {
  it('that reads more than it has room for is told so, and still says its words', async () => {
    const victim = await startVictim(rig)
    const reply = await victim.say(`use readPage 14 times with {"url":"${site.url}/huge"}`)
    expect(reply).toMatchObject({ status: 'completed', text: 'Done 14 calls.' })
    const outputs = callsOf(reply).map(({ output = '' }) => output)
    expect(outputs).toHaveLength(14)
    expect(outputs.join('').length).toBeLessThan(210_000)
    expect(outputs.at(-1)).toContain('this reply has no room for more')
  }, 60_000)

  it('that is written without end is ended with its reason, and is not asked for again', async () => {
    const victim = await startVictim(rig)
    const reply = await victim.say('write 50000 words')
    expect(reply).toMatchObject({ status: 'failed', error: { code: 'reply-too-long' } })
    expect(reply.text.length).toBeGreaterThan(200_000)
  }, 60_000)
})

describe('Stop, while a tool hangs,', () => {
  it('ends the reply at once, ends the request, and the next message is answered', async () => {
    const victim = await startVictim(rig)
    const { ownerId, threadId, client } = victim
    const { messageId } = await rig.send(ownerId, `read ${site.url}/drip`, { threadId })
    await until('the page is being read', () => open === 1)
    await client.mutation(api.turns.stop, { messageId })
    const stopped = await victim.replyTo(messageId)
    expect(stopped.status).toBe('cancelled')
    // It did not wait for the tool's own end, which would stand here.
    expect(callsOf(stopped).map(({ output }) => output)).toEqual([undefined])
    expect(await victim.say('echo and now')).toMatchObject({ status: 'completed', text: 'and now' })
    await until('the connection is closed', () => open === 0)
  })
})
