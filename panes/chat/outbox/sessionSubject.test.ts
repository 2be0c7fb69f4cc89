import { expect, it } from 'vitest'
import { mayBeSession, readSessionSubjects } from './sessionSubject.ts'

const token = (sub: string) => `e30.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.sig`

it('reads the subject of plain and suffixed session cookies and nothing else', () => {
  const cookies = `theme=dark; __session=${token('user_1')}; __session_x1=${token('user_1')}; __client_uat=1`
  expect(readSessionSubjects(cookies)).toEqual(['user_1', 'user_1'])
})

it('holds back when the browser is signed in as someone else', () => {
  expect(mayBeSession(`__session=${token('user_2')}`, 'user_1')).toBe(false)
  expect(mayBeSession(`__session=${token('user_1')}`, 'user_1')).toBe(true)
})

it('does not hold back over a missing or unreadable cookie: the server decides', () => {
  expect(mayBeSession('', 'user_1')).toBe(true)
  expect(mayBeSession('__session=garbage', 'user_1')).toBe(true)
})
