import { expect, it } from 'vitest'
import { mergeConversation } from './mergeConversation.ts'
import { messageOf } from './messageFixtures.ts'
import { waitOf } from './waitFixtures.ts'
import { waitsAbove } from './waitsAbove.ts'

const items = (...waits: ReturnType<typeof waitOf>[]) =>
  mergeConversation([messageOf({ role: 'assistant', status: 'waiting', waits })], [], [])
const ids = (waits: { waitId: string }[]) => waits.map(({ waitId }) => waitId)

it('counts what the person can answer, and nothing that has ended or comes by itself', () => {
  const shown = items(
    waitOf({ waitId: 'q' }),
    waitOf({ waitId: 'a', kind: 'approval' }),
    waitOf({ waitId: 't', kind: 'time' }),
    waitOf({ waitId: 'old', state: 'answered' }),
  )
  expect(ids(waitsAbove(shown, [], false))).toEqual(['q', 'a'])
})

it('counts what is further up than the loaded messages, once and first', () => {
  const shown = items(waitOf({ waitId: 'q' }))
  const listed = [waitOf({ waitId: 'q' }), waitOf({ waitId: 'far' })]
  expect(ids(waitsAbove(shown, listed, true))).toEqual(['far', 'q'])
})

it('leaves out what cannot be reached from here: another branch', () => {
  expect(waitsAbove(items(), [waitOf({ waitId: 'elsewhere' })], false)).toEqual([])
})

it('believes the message when the list is a moment behind', () => {
  expect(waitsAbove(items(waitOf({ waitId: 'q', state: 'answered' })), [waitOf({ waitId: 'q' })], true)).toEqual([])
})
