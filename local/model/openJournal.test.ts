import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openJournal, parseJournal } from './openJournal.ts'

const newPath = () => join(mkdtempSync(join(tmpdir(), 'journal-')), 'model.jsonl')
const request = (correlationId: string, key: string) => ({ at: 1, correlationId, key, prompt: 'hi', words: 1 })

test('[MO20] tries of one key count on, others start afresh', () => {
  const journal = openJournal(newPath(), () => 0)
  const tries = ['a', 'a', 'b', 'a'].map((key) => journal.request(request('t', key)).earlierTries)
  expect(tries).toEqual([0, 1, 0, 2])
})

test('[MO20] tries and ids count on after a restart', () => {
  const path = newPath()
  const before = openJournal(path, () => 0)
  const { id } = before.request(request('t1/model-1/1.1', 'a'))
  before.end(id, { at: 2, outcome: 'failed', tokens: 0 })
  const after = openJournal(path, () => 9)
  expect(after.request(request('t1/model-1/1.2', 'a'))).toEqual({ id: 'chatcmpl-2', earlierTries: 1 })
  expect(after.lines({}).map((line) => line.seq)).toEqual([1, 2, 3])
})

test('[MO22] what was running when the process was killed is closed as cut at the next start', () => {
  const path = newPath()
  openJournal(path, () => 0).request(request('t', 'a'))
  const lines = openJournal(path, () => 7).lines({})
  expect(lines.at(-1)).toMatchObject({ kind: 'end', outcome: 'cut', at: 7 })
})

test('[MO22] a line torn by a kill is left out and does not spoil the next', () => {
  const path = newPath()
  openJournal(path, () => 0).request(request('t', 'a'))
  appendFileSync(path, '{"kind":"requ')
  const journal = openJournal(path, () => 0)
  journal.request(request('u', 'b'))
  expect(parseJournal(readFileSync(path, 'utf8')).map((line) => line.kind)).toEqual(['request', 'end', 'request'])
})

test('[MO21] the first end of a request counts', () => {
  const journal = openJournal(newPath(), () => 0)
  const { id } = journal.request(request('t', 'a'))
  journal.end(id, { at: 1, outcome: 'completed', tokens: 5 })
  journal.end(id, { at: 2, outcome: 'aborted', tokens: 5 })
  expect(journal.lines({})).toHaveLength(2)
})

test('[MO23] counts are by correlation id; what was refused is not billed', () => {
  const journal = openJournal(newPath(), () => 0)
  const outcomes = ['failed', 'aborted', 'completed'] as const
  for (const outcome of outcomes) {
    journal.end(journal.request(request('turn1/model-1/1.1', 'a')).id, { at: 1, outcome, tokens: 4 })
  }
  journal.request(request('turn2/model-1/1.1', 'b'))
  expect(journal.counts('turn1/')).toEqual({
    'turn1/model-1/1.1': {
      requests: 3,
      completed: 1,
      aborted: 1,
      failed: 1,
      cut: 0,
      running: 0,
      tokens: 12,
      billed: 2,
    },
  })
  expect(Object.keys(journal.counts(''))).toEqual(['turn1/model-1/1.1', 'turn2/model-1/1.1'])
})

test('[MO23] readers take lines since a time or after a line', () => {
  const journal = openJournal(newPath(), () => 0)
  for (const at of [10, 20, 30]) journal.request({ ...request('t', 'a'), at })
  expect(journal.lines({ since: 20 }).map((line) => line.at)).toEqual([20, 30])
  expect(journal.lines({ after: 1, limit: 1 }).map((line) => line.seq)).toEqual([2])
})
