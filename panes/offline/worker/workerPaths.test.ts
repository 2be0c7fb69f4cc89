import { expect, it } from 'vitest'
import { isAsset, isClerkCode, isWorkspace, namedAssets } from './workerPaths.ts'

const at = (path: string) => new URL(path, 'https://nightshift.example')

it('the shell stands in for the pages of the workspace, and for nothing else', () => {
  const pages = ['/', '/chat', '/chat/1234?panes=new', '/inbox', '/jobs', '/schedules', '/settings', '/settings/models']
  for (const path of pages) expect(isWorkspace(at(path)), path).toBe(true)
  const others = ['/sign-in', '/share/abc', '/chatter', '/api/health', '/goodbye', '/chat?__clerk_handshake=x']
  for (const path of others) expect(isWorkspace(at(path)), path).toBe(false)
})

it('keeps code, and no answer of anybody', () => {
  expect(isAsset(at('/_next/static/chunks/1a2b.js?dpl=1'))).toBe(true)
  for (const path of ['/api/messages', '/_next/image?url=x', '/chat']) expect(isAsset(at(path)), path).toBe(false)
  expect(isClerkCode(at('/__clerk/npm/@clerk/clerk-js@6/dist/clerk.browser.js'))).toBe(true)
  expect(isClerkCode(new URL('https://clerk.example.com/npm/@clerk/ui@1.34.0/dist/ui_2b.browser.js'))).toBe(true)
  for (const path of ['/__clerk/v1/client', '/__clerk/v1/client/sessions/s/tokens', '/__clerk/v1/environment'])
    expect(isClerkCode(at(path)), path).toBe(false)
})

it('finds the code that a page and other code name, each once', () => {
  const html =
    '<link href="/_next/static/chunks/0a.css" rel="stylesheet"><script src="/_next/static/chunks/1-b~c_d.js?dpl=x"></script>'
  const code = 'e.v(t=>Promise.all(["static/chunks/2.js","static/chunks/0a.css"].map(n=>e.l(n))))'
  expect(namedAssets([html, code])).toEqual([
    '/_next/static/chunks/0a.css',
    '/_next/static/chunks/1-b~c_d.js',
    '/_next/static/chunks/2.js',
  ])
})
