/** The page of a run, which jobs link to. */
import { afterEach, expect, it } from 'vitest'
import { startWorld, testKeys, until, type World } from './startApp.ts'

let world: World | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

const HOSTILE = '</td><script>alert(1)</script>'

it('[EX25] shows a run to whoever asks: steps, attempts and errors, escaped; no event, no result, no key', async () => {
  let calls = 0
  world = await startWorld((client) => [
    client.createFunction({ id: 'work', triggers: [{ event: 'test/work' }], retries: 2 }, async ({ step }) => {
      await step.run('first', () => 'a-secret-result')
      await step.run('second', () => {
        calls += 1
        if (calls === 1) throw new Error(HOSTILE)
        return 1
      })
    }),
  ])
  const run = await world.ended(await world.send('test/work', { text: 'a-private-word' }))
  const response = await fetch(`${world.server().origin}/runs/${run.run_id}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  const html = await response.text()
  for (const said of [run.run_id, 'Completed', 'first', 'second', 'attempt 1 failed']) expect(html).toContain(said)
  expect(html).toContain('&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
  for (const unsaid of ['<script', 'a-secret-result', 'a-private-word', testKeys.event, testKeys.signing, 'http-equiv'])
    expect(html).not.toContain(unsaid)
})

it('[EX25] looks again while the run lives, and changes nothing', async () => {
  world = await startWorld((client) => [
    client.createFunction({ id: 'nap', triggers: [{ event: 'test/nap' }] }, ({ step }) => step.sleep('a nap', '1h')),
  ])
  await world.send('test/nap')
  const [run] = await until('the nap', async () => {
    const found = (await world?.rest.ask<{ run_id: string }[]>('/v1/runs?status=Running')) ?? []
    const steps = found[0] ? await world?.rest.steps(found[0].run_id) : []
    return steps?.some(({ status }) => status === 'Sleeping') ? found : undefined
  })
  const before = await world.rest.run(run?.run_id ?? '')
  const address = `${world.server().origin}/runs/${run?.run_id}`
  const html = await (await fetch(address)).text()
  expect(html).toContain('http-equiv="refresh"')
  expect(html).toContain('a nap')
  expect((await fetch(address, { method: 'POST' })).status).toBe(501)
  expect(await world.rest.run(run?.run_id ?? '')).toEqual(before)
})

it('[EX25] says of an unknown run that there is none, whatever its id looks like', async () => {
  world = await startWorld(() => [], { awaitRegistration: false })
  const response = await fetch(`${world.server().origin}/runs/${encodeURIComponent(HOSTILE)}`)
  expect(response.status).toBe(404)
  const html = await response.text()
  expect(html).toContain('No such run')
  expect(html).not.toContain('<script')
})
