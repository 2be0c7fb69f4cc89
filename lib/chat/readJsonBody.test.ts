import { describe, expect, it } from 'vitest'
import { isOwnOrigin } from './isOwnOrigin.ts'
import { maxBodyBytes, readJsonBody } from './readJsonBody.ts'

const json = { 'content-type': 'application/json; charset=utf-8' }
const post = (body: BodyInit | null, headers: Record<string, string> = json) =>
  new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

async function codeFor(request: Request): Promise<string> {
  const body = await readJsonBody(request)
  return body.ok ? 'accepted' : body.error.code
}

describe('reading a JSON body', () => {
  it('gives the value', async () => {
    expect(await readJsonBody(post('{"a":"\u00e9"}'))).toEqual({ ok: true, value: { a: '\u00e9' } })
  })

  it('refuses another type, a missing body, no JSON and no UTF-8', async () => {
    expect(await codeFor(post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }))).toBe(
      'wrong-content-type',
    )
    expect(await codeFor(post('{}', { 'content-type': 'text/plain' }))).toBe('wrong-content-type')
    expect(await codeFor(post(null))).toBe('bad-request')
    expect(await codeFor(post('{"a":'))).toBe('bad-request')
    expect(await codeFor(post(new Uint8Array([0x22, 0xff, 0x22])))).toBe('bad-request')
  })

  it('stops reading where the body grows too large, whatever its declared length', async () => {
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20))
      },
      cancel() {
        cancelled = true
      },
    })
    expect(await codeFor(post(endless))).toBe('body-too-large')
    expect(pulled).toBeLessThan(12)
    expect(cancelled).toBe(true)
    expect(await codeFor(post('{}', { ...json, 'content-length': String(maxBodyBytes + 1) }))).toBe('body-too-large')
  })
})

describe('requests that carry cookies', () => {
  const own = ['http://localhost:3000']
  const allowed = (headers: Record<string, string>) => isOwnOrigin(new Headers(headers), own)

  it('may come from the app itself', () => {
    expect(allowed({ origin: 'http://localhost:3000' })).toBe(true)
    expect(allowed({ 'sec-fetch-site': 'same-origin' })).toBe(true)
  })

  it('may not come from another site, another port, a sandbox or nowhere', () => {
    for (const origin of [
      'https://evil.example',
      'http://localhost:3001',
      'http://localhost:3000.evil.example',
      'null',
    ]) {
      expect(allowed({ origin }), origin).toBe(false)
    }
    expect(allowed({})).toBe(false)
    expect(allowed({ 'sec-fetch-site': 'same-site' })).toBe(false)
  })

  it('are no concern when the caller holds a token', () => {
    expect(allowed({ authorization: 'Bearer abc', origin: 'https://other.example' })).toBe(true)
    expect(allowed({ authorization: 'Basic abc' })).toBe(false)
  })
})
