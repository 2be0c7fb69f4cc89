import { expect, test } from 'vitest'
import type { Part } from '../../convex/validators.ts'
import { sourcesOf } from './sourcesOf.ts'

const done = (output: unknown, more: Partial<Extract<Part, { type: 'tool' }>> = {}): Part => ({
  type: 'tool',
  step: 'tool-0-0',
  id: 'call',
  name: 'readPage',
  input: '{}',
  state: 'done',
  output: JSON.stringify(output),
  ...more,
})

test('a page that was read is a source under where it really was, with its title', () => {
  const page = {
    url: 'http://a.example',
    finalUrl: 'https://www.a.example/tides#top',
    title: 'Of tides',
    text: 'High.',
  }
  expect(sourcesOf([done(page)])).toEqual([
    { href: 'https://www.a.example/tides#top', host: 'a.example', title: 'Of tides' },
  ])
})

test('links in a list that a tool returned are sources too, each page once', () => {
  const hits = { results: [{ url: 'https://b.example/1', title: 'One' }, { link: 'https://b.example/2' }] }
  const again = { url: 'https://b.example/1#part' }
  expect(sourcesOf([done(hits), done(again)]).map(({ href }) => href)).toEqual([
    'https://b.example/1',
    'https://b.example/2',
  ])
})

test('what failed, what is no page of the web, and what hides a host behind a name is no source', () => {
  const page = { url: 'https://a.example' }
  expect(sourcesOf([done(page, { state: 'failed' })])).toEqual([])
  const bad = [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'https://bank.example@evil.example/',
    'x',
  ]
  expect(sourcesOf(bad.map((url) => done({ url })))).toEqual([])
  expect(
    sourcesOf([done('https://in.words.example'), { type: 'text', step: 'model-0', text: 'https://x.example' }]),
  ).toEqual([])
})

test('look-alike hosts are written out, and a title reaches no further than itself', () => {
  const [source] = sourcesOf([
    done({ url: 'https://аpple.example', title: `evil\u202e\u0000 title\n${'x'.repeat(500)}` }),
  ])
  expect(source?.host).toMatch(/^xn--/)
  expect(source?.title).toMatch(/^evil title x+$/)
  expect(source?.title).toHaveLength(120)
})

test('thousands of links cost no more than a few: they are counted, and so is the depth', () => {
  const many = { results: Array.from({ length: 50_000 }, (_, at) => ({ url: `https://c.example/${at}` })) }
  expect(sourcesOf([done(many)])).toEqual([])
  const fewer = { results: many.results.slice(0, 1_000) }
  expect(sourcesOf([done(fewer)])).toHaveLength(12)
  expect(sourcesOf([done({ a: { b: { c: { d: { url: 'https://deep.example' } } } } })])).toEqual([])
})
