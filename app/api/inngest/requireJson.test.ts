import { NextRequest } from 'next/server'
import { expect, it } from 'vitest'
import { requireJson } from './requireJson.ts'

const echo = requireJson(async (request) => Response.json([request.headers.get('x-key'), await request.text()]))
const call = (body: string) =>
  echo(new NextRequest('http://localhost/api/inngest?fnId=f', { method: 'POST', headers: { 'x-key': 'k' }, body }), {})

it.each(['', '{}', 'null', '{"ctx":{"run_id":"é"}}'])('hands the call on as it came: %j', async (body) => {
  expect(await (await call(body)).json()).toEqual(['k', body])
})

it.each(['junk', '[1,2', '{"a":1}}'])('refuses what is no JSON: %j', async (body) => {
  const response = await call(body)
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error: expect.stringContaining('JSON') })
})
