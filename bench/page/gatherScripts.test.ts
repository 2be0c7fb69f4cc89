import { expect, test } from 'vitest'
import { namedScripts } from './gatherScripts.ts'

test('a script is named by the page when a tag asks for it, and not when only its data mentions it', () => {
  const html = `<!DOCTYPE html><link rel="preload" as="script" href="/_next/static/chunks/a.js"/>
<script src="/_next/static/chunks/b.js?x=1&amp;y=2" async=""></script><link rel="stylesheet" href="/c.css"/>
<script>self.__next_f.push([1,"static/chunks/later.js"])</script><script src="https://clerk.test/npm/clerk.js"></script>`
  expect([...namedScripts(html, 'http://localhost:3000/chat/x')]).toEqual([
    'http://localhost:3000/_next/static/chunks/a.js',
    'http://localhost:3000/_next/static/chunks/b.js?x=1&y=2',
    'https://clerk.test/npm/clerk.js',
  ])
})
