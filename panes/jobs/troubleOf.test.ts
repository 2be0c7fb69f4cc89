import { expect, it } from 'vitest'
import { jobsStrings } from '../../components/strings/jobs.ts'
import { chatErrors, isChatErrorCode } from '../../lib/chat/chatError.ts'
import { troubleOf } from './troubleOf.ts'

/** What a turn or a step can end in; the others are refusals of requests. */
const ending =
  /^(model-|gave-up|internal|context-|reply-too-long|too-many-steps|budget-|thread-budget-|thread-removed|queue-full|message-)/

it('has a cause and a hint for all that a job can end in', () => {
  const codes = Object.keys(chatErrors).filter((code) => ending.test(code) && !/^message-(not-found|held)$/.test(code))
  expect(codes.length).toBeGreaterThan(15)
  for (const code of codes) {
    const { cause = '', hint = '' } = troubleOf({ code, message: 'x' })
    expect(cause.length, code).toBeGreaterThan(20)
    expect(hint.length, code).toBeGreaterThan(10)
  }
})

it('explains no code that there is not', () => {
  expect(Object.keys(jobsStrings.troubles).filter((code) => code !== 'stopped' && !isChatErrorCode(code))).toEqual([])
})

it('gives the common hint for another code of ours, and the message alone for one that nobody knows', () => {
  expect(troubleOf({ code: 'rate-limited', message: 'x' })).toEqual({
    message: 'x',
    hint: chatErrors['rate-limited'].hint,
  })
  expect(troubleOf({ code: 'of-another-deploy', message: 'x' })).toEqual({ message: 'x' })
  expect(troubleOf({ code: 'constructor', message: 'x' })).toEqual({ message: 'x' })
})
