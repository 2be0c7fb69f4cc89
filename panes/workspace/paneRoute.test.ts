import { describe, expect, it } from 'vitest'
import {
  closePane,
  type Focused,
  focusNext,
  idOfPane,
  isPaneEntry,
  movePane,
  openBeside,
  openPane,
  type Pane,
  parseLayout,
  printLayout,
} from './paneRoute.ts'

const a = '0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11'
const b = '1b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a12'
const c = '2b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a13'
const d = '3b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a14'
const newId = '9b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a19'
const thread = (threadId: string): Pane => ({ kind: 'thread', threadId })
const job = (messageId: string): Pane => ({ kind: 'job', messageId })

const parse = (address: string) => {
  const { pathname, search } = new URL(address, 'http://x')
  return parseLayout(pathname, search, newId)
}
const at = (address: string, focused: Pane): Focused => ({ layout: parse(address), focusId: idOfPane(focused) })
const shown = ({ layout, focusId }: Focused) => [
  printLayout(layout),
  layout.panes.findIndex((each) => idOfPane(each) === focusId),
]

describe('the address', () => {
  it('says what is open and reads back as it was', () => {
    for (const address of [
      '/chat',
      `/chat/${a}`,
      `/chat/${a}?panes=${b},new`,
      `/chat?panes=${b},job.m1_x-2`,
      `/chat/job.m1?panes=${a}`,
      `/chat/${a}?panes=${b},${c}&widths=50,25,25`,
    ]) {
      expect(printLayout(parse(address))).toBe(address)
    }
  })

  it('leaves out what is no entry, what comes twice and what is more than four', () => {
    expect(printLayout(parse(`/chat/${a}?panes=nonsense,,${a},${b},job.,job.a/b,${c}`))).toBe(
      `/chat/${a}?panes=${b},${c}`,
    )
    expect(printLayout(parse(`/chat/${a}?panes=${b},${c},${d},new`))).toBe(`/chat/${a}?panes=${b},${c},${d}`)
    expect(printLayout(parse('/chat?panes=new'))).toBe('/chat')
  })

  it('leaves out widths that are not those of the panes', () => {
    for (const widths of ['50', '50,50,50', '90,20', '95,5', 'x,50', '', '-10,110', 'Infinity,0']) {
      expect(parse(`/chat/${a}?panes=${b}&widths=${widths}`).widths).toBeNull()
    }
    expect(parse(`/chat/${a}?widths=100`).widths).toBeNull()
    expect(parse(`/chat/${a}?panes=${b},${c}&widths=33,33,33`).widths).toEqual([33, 33, 33])
  })

  it('of any other place is that of a new chat', () => {
    for (const path of ['/', '/chat/', '/chat/nonsense', `/chat/${a}/more`, `/other/${a}`]) {
      expect(parse(path).panes).toEqual([{ kind: 'new', threadId: newId }])
    }
  })

  it('may begin with a thread or a job, and with nothing else', () => {
    expect([a, 'job.m1', 'new', 'nonsense', '', 'job.'].map(isPaneEntry)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('opening', () => {
  it('takes the focused pane', () => {
    expect(shown(openPane(at(`/chat/${a}?panes=${b}&widths=70,30`, thread(b)), thread(c)))).toEqual([
      `/chat/${a}?panes=${c}&widths=70,30`,
      1,
    ])
  })

  it('goes to the pane a thread is in already, so that it is never in two', () => {
    const before = at(`/chat/${a}?panes=${b}`, thread(a))
    for (const open of [openPane, openBeside])
      expect(shown(open(before, thread(b)))).toEqual([`/chat/${a}?panes=${b}`, 1])
  })

  it('never takes the pane of a job away: the conversation beside it gives way', () => {
    const before = at(`/chat/${a}?panes=${b},job.m1`, job('m1'))
    expect(shown(openPane(before, thread(c)))).toEqual([`/chat/${a}?panes=${c},job.m1`, 1])
    expect(shown(openPane(at('/chat/job.m1', job('m1')), thread(c)))).toEqual([`/chat/job.m1?panes=${c}`, 1])
  })

  it('beside the focused pane makes a new one right of it, and all are as wide as each other again', () => {
    expect(shown(openBeside(at(`/chat/${a}?panes=${b}&widths=70,30`, thread(a)), thread(c)))).toEqual([
      `/chat/${a}?panes=${c},${b}`,
      1,
    ])
  })

  it('looks at one job at a time', () => {
    const before = at(`/chat/${a}?panes=job.m1,${b}`, thread(b))
    expect(shown(openBeside(before, job('m2')))).toEqual([`/chat/${a}?panes=job.m2,${b}`, 1])
  })

  it('beside, when four are open, takes the neighbour and leaves the focused one', () => {
    const before = `/chat/${a}?panes=${b},${c},new`
    expect(shown(openBeside(at(before, thread(a)), thread(d)))).toEqual([`/chat/${a}?panes=${d},${c},new`, 1])
    const last = { kind: 'new', threadId: newId } as const
    expect(shown(openBeside(at(before, last), thread(d)))).toEqual([`/chat/${a}?panes=${b},${d},new`, 2])
  })

  it('has one new chat at a time', () => {
    const again: Pane = { kind: 'new', threadId: d }
    expect(shown(openPane(at(`/chat?panes=${b}`, thread(b)), again))).toEqual([`/chat?panes=${b}`, 0])
  })
})

describe('closing, moving and going round', () => {
  it('gives the focus to the neighbour, and leaves it where it was elsewhere', () => {
    const address = `/chat/${a}?panes=${b},${c}&widths=50,25,25`
    const without = (id: string, focused: Pane) => shown(closePane(at(address, focused), idOfPane(thread(id)), newId))
    expect(without(b, thread(b))).toEqual([`/chat/${a}?panes=${c}`, 1])
    expect(without(c, thread(c))).toEqual([`/chat/${a}?panes=${b}`, 1])
    expect(without(a, thread(c))).toEqual([`/chat/${b}?panes=${c}`, 1])
    expect(without(d, thread(c))).toEqual([address, 2])
  })

  it('leaves a new chat when nothing else is open', () => {
    expect(shown(closePane(at(`/chat/${a}`, thread(a)), idOfPane(thread(a)), newId))).toEqual(['/chat', 0])
  })

  it('changes places with the neighbour, and stays at the edge', () => {
    const before = at(`/chat/${a}?panes=${b},${c}&widths=50,30,20`, thread(b))
    expect(shown(movePane(before, idOfPane(thread(b)), -1))).toEqual([`/chat/${b}?panes=${a},${c}&widths=30,50,20`, 0])
    expect(shown(movePane(before, idOfPane(thread(c)), 1))).toEqual([printLayout(before.layout), 1])
  })

  it('goes several places further at once; the ones between make room', () => {
    const before = at(`/chat/${a}?panes=${b},${c}&widths=50,30,20`, thread(b))
    expect(shown(movePane(before, idOfPane(thread(a)), 2))).toEqual([`/chat/${b}?panes=${c},${a}&widths=30,20,50`, 0])
  })

  it('goes from the last pane to the first and back', () => {
    const before = at(`/chat/${a}?panes=${b}`, thread(b))
    expect(shown(focusNext(before, 1))[1]).toBe(0)
    expect(shown(focusNext(focusNext(before, 1), -1))[1]).toBe(1)
  })
})
