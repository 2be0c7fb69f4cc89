import { expect, test } from 'vitest'
import { classifySource } from './classifySource.ts'

test('a file of the repository is our own, also when the build is that of a copy', () => {
  const own = { kind: 'own', module: 'panes/chat/ChatPane.tsx' }
  expect(classifySource('turbopack:///[project]/panes/chat/ChatPane.tsx')).toEqual(own)
  expect(classifySource('turbopack:///[project]/.cache/page/tree/panes/chat/ChatPane.tsx')).toEqual(own)
})

test('packages of the framework and of the services are told from other libraries', () => {
  const kindOf = (path: string) => classifySource(`turbopack:///[project]/node_modules/${path}`).kind
  expect(kindOf('react-dom/cjs/react-dom-client.production.js')).toBe('sdk')
  expect(kindOf('@clerk/shared/dist/index.mjs')).toBe('sdk')
  expect(kindOf('next/dist/client/index.js')).toBe('sdk')
  expect(kindOf('nextra/dist/index.js')).toBe('library')
  expect(kindOf('@radix-ui/react-menu/dist/index.mjs')).toBe('library')
})

test('a package within a package is the inner one', () => {
  const source = 'turbopack:///[project]/node_modules/streamdown/node_modules/marked/lib/marked.js'
  expect(classifySource(source)).toEqual({ kind: 'library', module: 'marked/lib/marked.js' })
})

test('what the bundler wrote itself is the framework’s', () => {
  expect(classifySource('')).toEqual({ kind: 'sdk', module: 'the bundler' })
  expect(classifySource('turbopack:///[turbopack]/browser/runtime/base.ts').kind).toBe('sdk')
})
