import { describe, expect, it } from 'vitest'
import { confirmedPerson, decidePerson, type Known, needsNewPage } from './decidePerson.ts'

const ada = { kind: 'person', userId: 'user_ada' }
const nobody = { kind: 'nobody' }
const unknown = { kind: 'unknown' }

const page: Known = { word: 'page', userId: 'user_ada', isShell: false, lastPerson: 'user_ada' }
const shell: Known = { word: 'page', userId: null, isShell: true, lastPerson: 'user_ada' }

describe('whose workspace a page is', () => {
  it('a page from the server is for whom the server made it, before Clerk has come', () => {
    expect(decidePerson({ ...page, lastPerson: null })).toEqual(ada)
    expect(decidePerson({ ...page, userId: null })).toEqual(nobody)
    expect(decidePerson({ ...page, word: 'failed' })).toEqual(ada)
  })

  it('a page from this device is for who was here last, until Clerk speaks', () => {
    expect(decidePerson(shell)).toEqual(ada)
    expect(decidePerson({ ...shell, word: 'failed' })).toEqual(ada)
    expect(decidePerson({ ...shell, lastPerson: null })).toEqual(unknown)
  })

  it('Clerk has the last word: somebody else, or nobody, whoever was here last', () => {
    expect(decidePerson({ ...shell, word: 'clerk', userId: 'user_mallory' })).toEqual({
      kind: 'person',
      userId: 'user_mallory',
    })
    expect(decidePerson({ ...shell, word: 'clerk', userId: null })).toEqual(nobody)
    expect(decidePerson({ ...page, word: 'clerk', userId: null })).toEqual(nobody)
  })

  it('a session cookie that is gone without a network signs nobody out, one that names somebody counts', () => {
    expect(decidePerson({ ...shell, word: 'cookie', userId: null })).toEqual(ada)
    expect(decidePerson({ ...shell, word: 'cookie', userId: 'user_mallory' })).toMatchObject({ userId: 'user_mallory' })
  })
})

it('what is kept of others goes only on the word of Clerk’s own server', () => {
  for (const word of ['page', 'cookie', 'failed'] as const)
    expect(confirmedPerson({ word, userId: null })).toBe(undefined)
  expect(confirmedPerson({ word: 'clerk', userId: null })).toBe(null)
  expect(confirmedPerson({ word: 'clerk', userId: 'user_ada' })).toBe('user_ada')
})

it('only a page that Clerk cannot help any more is taken anew', () => {
  expect(needsNewPage({ ...shell, word: 'failed' })).toBe(true)
  expect(needsNewPage({ ...shell, word: 'cookie' })).toBe(true)
  expect(needsNewPage({ ...shell, word: 'cookie', userId: 'user_ada' })).toBe(false)
  expect(needsNewPage(shell)).toBe(false)
  expect(needsNewPage({ ...page, word: 'failed' })).toBe(false)
})
