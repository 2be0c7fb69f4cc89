import { expect, test } from 'vitest'
import { checkBorders, checkFile } from './checkBorders.ts'
import { readImports } from './readImports.ts'

const rulesOf = (path: string, text: string) => checkFile({ path, text }).map(({ rule }) => rule)

test('no file crosses a border', () => {
  expect(checkBorders().map(({ path, line, rule }) => `${path}:${line}: ${rule}`)).toEqual([])
})

test.each([
  ['lib/env.ts', "import { x } from '../local/kernel/clock.ts'"],
  ['app/page.tsx', "import '../local/stack/createStack.ts'"],
  ['convex/messages.ts', "import type { X } from '../local/convex/server.ts'"],
  ['panes/chat/ChatPane.tsx', "import { x } from '../../lib/env.ts'"],
  ['panes/chat/ChatPane.tsx', "import { x } from '../../convex/schema.ts'"],
  ['panes/chat/ChatPane.tsx', "const x = await import('../../inngest/client.ts')"],
  ['lib/chat/acceptMessage.ts', "export { x } from '../../panes/chat/x.ts'"],
  ['local/convex/server.ts', "import { x } from '../inngest/server.ts'"],
  ['local/model/main.ts', "import { x } from '../../lib/env.ts'"],
  ['local/kernel/clock.ts', "import { x } from '../model/main.ts'"],
  ['local/stack/createStack.ts', "import { x } from '../clerk/tokens.ts'"],
  ['lib/chat/acceptMessage.ts', "import { x } from './chatError'"],
  ['lib/chat/acceptMessage.ts', "'use server'\nexport const x = 1"],
  ['lib/chat/acceptMessage.ts', "const x = process.env['X']"],
])('%s must not contain: %s', (path, text) => {
  expect(rulesOf(path, text)).not.toEqual([])
})

test.each([
  [
    'panes/chat/ChatPane.tsx',
    "import { x } from '../../lib/chat/chatError.ts'\nimport { useQuery } from 'convex/react'",
  ],
  [
    'panes/chat/ChatPane.tsx',
    "import { api } from '../../convex/_generated/api.js'\nimport type { M } from '../../convex/validators.ts'",
  ],
  ['local/stack/createStack.ts', "import { loadOrCreateKeys } from '../clerk/keys.ts'"],
  ['lib/chat/sendMessage.ts', "'use server'\nimport { x } from './acceptMessage.ts'"],
  ['lib/env.ts', 'export const env = parse(process.env)'],
  ['scripts/trace.ts', "import { x } from '../lib/env.ts'\nimport { y } from '../local/stack/createStack.ts'"],
  ['lib/chat/chatError.ts', '// never import from ../local/kernel/clock.ts'],
])('%s may contain: %s', (path, text) => {
  expect(rulesOf(path, text)).toEqual([])
})

test('imports are found in every form, also over several lines', () => {
  const text = [
    "import a from 'a'",
    "import type { B } from 'b'",
    'import {',
    '  c,',
    "} from './c.ts'",
    "import './d.css'",
    "export * from 'e'",
    "const f = await import('f')",
    "const g = require('g')",
  ].join('\n')
  expect(readImports(text).map(({ from, isType }) => [from, isType])).toEqual([
    ['a', false],
    ['b', true],
    ['./c.ts', false],
    ['e', false],
    ['./d.css', false],
    ['f', false],
    ['g', false],
  ])
})
