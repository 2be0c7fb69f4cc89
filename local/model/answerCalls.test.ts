import { describe, expect, test } from 'vitest'
import { answerTo, called, note, now, said, stopped, user, waiting } from './test/talkForTest.ts'

const MINUTE = 60_000

describe('waiting', () => {
  const ask = user('wait 90 seconds then say it is time')
  const wait = called(['wait', { seconds: 90 }, waiting('time', 90_000)])

  test('[MO28] wait calls the tool, and says its text when the wait is over or was ended early', () => {
    expect(answerTo([now, ask])).toBe('wait {"seconds":90}')
    expect(answerTo([ask, wait, now, note('the wait is over. Go on.]')], { at: 90_000 })).toBe('it is time')
    expect(answerTo([ask, wait, now, note('the person ended the wait early. Go on.]')])).toBe('it is time')
  })

  test('[MO28] wait until takes a local time and a zone', () => {
    expect(answerTo([user('wait until 2026-11-24T09:00 then say go')])).toBe('wait {"at":"2026-11-24T09:00"}')
    expect(answerTo([user('wait until 2026-11-24T09:00 in Asia/Tokyo then say go')])).toBe(
      'wait {"at":"2026-11-24T09:00","timeZone":"Asia/Tokyo"}',
    )
  })

  test('[MO28] a message typed meanwhile is answered, and does not hide what was waited for', () => {
    const meanwhile = [ask, wait, user('echo meanwhile'), said('meanwhile')]
    expect(answerTo([ask, wait, now, user('echo meanwhile')])).toBe('meanwhile')
    expect(answerTo([...meanwhile, now, note('the wait is over. Go on.]')], { at: 90_000 })).toBe('it is time')
  })

  test('[MO28] of several waits the one that is due speaks, each once', () => {
    const first = [user('wait 5 minutes then say late'), called(['wait', {}, waiting('time', 5 * MINUTE)])]
    const second = [user('wait 1 minute then say early'), called(['wait', {}, waiting('time', MINUTE)])]
    const over = note('the wait is over. Go on.]')
    const both = [...first, ...second]
    expect(answerTo([...both, now, over], { at: MINUTE })).toBe('early')
    expect(answerTo([...both, over, said('early'), now, over], { at: 5 * MINUTE })).toBe('late')
    // Both fell due while nothing ran.
    const one = answerTo([...both, now, over], { at: 60 * MINUTE })
    const other = answerTo([...both, over, said(one), now, over], { at: 60 * MINUTE })
    expect(new Set([one, other])).toEqual(new Set(['early', 'late']))
    // Ended early: the one that is not due.
    expect(answerTo([...both, now, note('the person ended the wait early. Go on.]')], { at: 2 * MINUTE })).toBe('late')
  })

  test('[MO28] a wait that was cancelled says nothing later', () => {
    const cancelled = [user('wait 1 minute then say never'), called(['wait', {}, waiting('time', MINUTE)])]
    const next = [user('wait 1 minute then say again'), called(['wait', {}, waiting('time', 3 * MINUTE)])]
    expect(answerTo([...cancelled, ...next, now, note('the wait is over. Go on.]')], { at: 3 * MINUTE })).toBe('again')
  })

  test('[MO28] a prompt that is no longer in the conversation leaves a plain sentence', () => {
    expect(answerTo([user('Summary: they asked to wait.'), now, note('the wait is over. Go on.]')])).toBe(
      'The wait is over.',
    )
  })

  test('[MO28] a wait that the tool refuses is said', () => {
    expect(answerTo([ask, called(['wait', {}, 'At most a year.'])])).toBe('The tool wait failed: At most a year.')
  })
})

describe('asking', () => {
  const ask = user('ask me Which one? with choices tea | black coffee')
  const question = called(['askUser', {}, waiting('answer')])

  test('[MO29] ask me puts the question, with choices if there are any', () => {
    expect(answerTo([ask])).toBe('askUser {"question":"Which one?","choices":["tea","black coffee"]}')
    expect(answerTo([user('ask me Why?')])).toBe('askUser {"question":"Why?"}')
  })

  test.each([
    ['the person answers your question:]\necho tea', 'You answered: echo tea'],
    ['the person skipped your question. Go on without an answer.]', 'You skipped it.'],
    ['nobody answered in time. Go on without an answer.]', 'Nobody answered.'],
  ])('[MO29] after “%s” it says what came of it', (text, reply) => {
    expect(answerTo([ask, question, now, note(text)])).toBe(reply)
  })
})

describe('using tools', () => {
  const ask = user('use calculate with {"expression":"1+1"}')

  test('[MO30] use calls the tool with that JSON and says its result', () => {
    expect(answerTo([now, ask])).toBe('calculate {"expression":"1+1"}')
    expect(answerTo([now, ask, called(['calculate', {}, { result: 2 }])])).toBe('Result of calculate: result: 2')
  })

  test('[MO30] a result is cut at 500 characters, never through one; a failure is named', () => {
    const long = answerTo([ask, called(['calculate', {}, { text: '🌒'.repeat(400) }])])
    expect(long).toHaveLength('Result of calculate: '.length + 500)
    expect(long.isWellFormed()).toBe(true)
    expect(answerTo([ask, called(['calculate', {}, 'No such thing.'])])).toBe(
      'The tool calculate failed: No such thing.',
    )
    expect(answerTo([ask, called(['calculate', {}, { error: 'Broken.' }])])).toBe('The tool calculate failed: Broken.')
  })

  test('[MO30] a result so long that it was cut is none of a failure; a call that died is one', () => {
    expect(answerTo([ask, called(['calculate', {}, '{"text":"cut off'])])).toBe('Result of calculate: {"text":"cut off')
    const died = {
      role: 'tool',
      tool_call_id: 'call_0',
      content: 'This call was interrupted; its outcome is not known.',
    }
    const [made = {}] = called(['calculate', {}, ''])
    expect(answerTo([ask, made, died])).toBe(`The tool calculate failed: ${died.content}`)
  })

  test('[MO30] several calls go out at once and their results are said in order', () => {
    const both = user('use calculate with {"a":" and "} and currentTime with {"timeZone":"UTC"}')
    expect(answerTo([both])).toBe('calculate {"a":" and "}\ncurrentTime {"timeZone":"UTC"}')
    expect(answerTo([both, called(['calculate', {}, { a: 1 }], ['currentTime', {}, { t: 2 }])])).toBe(
      'Result of calculate: a: 1\n\nResult of currentTime: t: 2',
    )
  })

  test('[MO30] n times is one call a model step, numbered, and then done', () => {
    const thrice = user('use calculate 3 times with {"expression":"{i}*2"}')
    const step = (i: number) => called(['calculate', { expression: `${i}*2` }, { result: i * 2 }])
    expect(answerTo([thrice])).toBe('calculate {"expression":"1*2"}')
    expect(answerTo([thrice, step(1)])).toBe('calculate {"expression":"2*2"}')
    expect(answerTo([thrice, step(1), step(2)])).toBe('calculate {"expression":"3*2"}')
    expect(answerTo([thrice, step(1), step(2), step(3)])).toBe('Done 3 calls.')
  })

  test('[MO30] calls of an earlier turn do not count for this one', () => {
    expect(answerTo([ask, called(['calculate', {}, { result: 2 }]), said('Result'), now, ask])).toBe(
      'calculate {"expression":"1+1"}',
    )
  })

  test('[MO30] a tool that was not offered is named in a sentence; where no calls are allowed none is made', () => {
    expect(answerTo([ask], { tools: ['wait'] })).toBe('I cannot do that: this request offers no tool named calculate.')
    expect(answerTo([ask], { toolChoice: 'none' })).toBe('I may make no more calls in this reply.')
  })

  test.each([
    ['remember tea is best', 'remember {"text":"tea is best"}', ['remember']],
    ['recall drinks', 'recall {"query":"drinks"}', ['recall']],
    ['calculate 2 * 21', 'calculate {"expression":"2 * 21"}', ['calculate']],
    ['search my chats for black tea', 'searchThreads {"query":"black tea"}', ['searchThreads']],
    [
      'every 0 9 * * 1-5 do echo good morning',
      'scheduleTask {"title":"Good morning","prompt":"echo good morning","cron":"0 9 * * 1-5"}',
      ['scheduleTask'],
    ],
    [
      'at 2026-11-24T09:00 in Asia/Tokyo do echo hi',
      'scheduleTask {"title":"Hi","prompt":"echo hi","at":"2026-11-24T09:00","timeZone":"Asia/Tokyo"}',
      ['scheduleTask'],
    ],
    ['read https://example.com/a', 'readPage {"url":"https://example.com/a"}', ['readPage']],
    ['call nonsense', 'currentTime {"timeZone": "Eur', []],
    ['call unknown tool', 'makeCoffee {}', []],
    ['call 3 tools at once', 'currentTime {}\ncurrentTime {}\ncurrentTime {}', ['currentTime']],
  ])('[MO31] %s', (prompt, calls, tools) => {
    expect(answerTo([user(prompt)], { tools })).toBe(calls)
  })

  test('[MO31] read says how the page begins', () => {
    const page = called(['readPage', {}, { url: 'u', title: 't', text: 'x'.repeat(400) }])
    expect(answerTo([user('read https://example.com'), page])).toBe('x'.repeat(300))
    const cut = called(['readPage', {}, '{"url":"u","text":"one \\"two\\"\\nthree… [9 characters'])
    expect(answerTo([user('read https://example.com'), cut])).toBe('one "two"\nthree… [9 characters')
  })
})

describe('approvals', () => {
  const ask = user('ask approval to forget with {"key":"k"}')
  const asked = called(['forget', { key: 'k' }, waiting('approval')])
  const approved = note('the person approved the call of forget. It is made now.]')
  const denied = 'the person did not approve the call of forget. Do not make it.]'

  test('[MO32] the call is made like any other; approved, its result is said', () => {
    expect(answerTo([ask])).toBe('forget {"key":"k"}')
    const made = called(['forget', { key: 'k' }, { forgotten: 'k' }])
    expect(answerTo([ask, asked, now, approved, made])).toBe('Done: forgotten: k')
    const failed = called(['forget', { key: 'k' }, 'It is not there.'])
    expect(answerTo([ask, asked, now, approved, failed])).toBe('The tool forget failed: It is not there.')
  })

  test.each([
    [denied, 'Not done: no reason'],
    [`${denied}\nTheir words: I need it.`, 'Not done: I need it.'],
    ['nobody answered in time. It was not done.]', 'Not done: nobody answered.'],
  ])('[MO32] after “%s” it says that it was not done', (text, reply) => {
    expect(answerTo([ask, asked, now, note(text)])).toBe(reply)
  })

  test('[MO32] calls one after the other go on after each approval, and end at the first denial', () => {
    const twice = user('use forget 2 times with {"key":"{i}"}')
    const first = called(['forget', { key: '1' }, waiting('approval')])
    const made = (key: string) => called(['forget', { key }, { forgotten: key }])
    const second = [approved, made('1'), called(['forget', { key: '2' }, waiting('approval')])].flat()
    expect(answerTo([twice, first, now, approved, made('1')])).toBe('forget {"key":"2"}')
    expect(answerTo([twice, first, ...second, now, approved, made('2')])).toBe('Done 2 calls.')
    expect(answerTo([twice, first, ...second, now, note(denied)])).toBe('Not done: no reason')
  })
})

describe('notes and messages taken in', () => {
  test('[MO35] a task that is due is done as if it had been typed, also late', () => {
    const due = 'this task was scheduled by the person and is due now.]\necho good\nmorning'
    const late =
      'this task was scheduled by the person and was due at 2026-11-23T09:00:00Z; it runs late, 2 earlier runs were left out.]\ncount to 3'
    expect(answerTo([user('echo before'), said('before'), now, note(due)])).toBe('good\nmorning')
    expect(answerTo([now, note(late)])).toBe('1 2 3')
  })

  test('[MO35] going on says the rest of the stopped reply, also when it was stopped twice', () => {
    const go = note('the person asks you to go on exactly where your stopped reply ends. Repeat nothing.]')
    const begun = [user('count to 6'), said('1 2'), stopped]
    expect(answerTo([...begun, now, go])).toBe(' 3 4 5 6')
    expect(answerTo([...begun, go, said('3 4'), stopped, now, go])).toBe(' 5 6')
    expect(answerTo([...begun, go, said('3 4'), stopped, user('echo x'), said('x'), now, go, said(' 5')])).toBe(' 6')
    expect(answerTo([user('count to 2'), said('1 2'), stopped, now, go])).toBe('That was all.')
  })

  test('[MO35] going on after calls does not make them again', () => {
    const go = note('the person asks you to go on exactly where your stopped reply ends. Repeat nothing.]')
    const made = called(['calculate', {}, { result: 2 }])
    expect(answerTo([user('use calculate with {}'), made, said('Result of'), stopped, now, go])).toBe(
      ' calculate: result: 2',
    )
  })

  test('[MO36] a message taken in is named at the end, and does not begin the word anew', () => {
    const ask = user('use currentTime 2 times with {}')
    const step = called(['currentTime', {}, { t: 1 }])
    expect(answerTo([now, ask, step, user('echo and hurry')])).toBe('currentTime {}')
    expect(answerTo([now, ask, step, user('echo and hurry'), step])).toBe('Done 2 calls. (Also noted: echo and hurry)')
    expect(answerTo([ask, step, user('hurry'), step])).toBe('Done 2 calls. (Also noted: hurry)')
    // Before the first model step, and twice.
    expect(answerTo([now, user('echo a'), user('b'), user('count to 3')])).toBe(
      'a (Also noted: b) (Also noted: count to 3)',
    )
  })

  test('[MO36] what follows a finished, a stopped or a waiting reply is a prompt of its own', () => {
    const step = called(['currentTime', {}, { t: 1 }])
    const ask = user('use currentTime with {}')
    expect(answerTo([ask, step, said('Result'), user('echo next')])).toBe('next')
    expect(answerTo([ask, step, stopped, user('echo next')])).toBe('next')
    expect(answerTo([ask, called(['wait', {}, waiting('time', 1)]), user('echo next')])).toBe('next')
    expect(answerTo([user('fail always'), user('echo next')])).toBe('next')
  })

  test('[MO36] a message taken in before a wait does not hide the word that waits', () => {
    const wait = called(['wait', {}, waiting('time', 1)])
    const words = [user('wait 1 second then say hi'), user('and thanks'), wait]
    expect(answerTo([...words, now, note('the wait is over. Go on.]')], { at: 1 })).toBe('hi')
  })
})
