import { describe, expect, it } from 'vitest'
import { dropPane, gapAt } from './paneDrop.ts'
import { idOfPane, type Pane, parseLayout, printLayout } from './paneRoute.ts'

const [a = '', b = '', c = '', d = ''] = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-00000000000${n}`)
const thread = (threadId: string): Pane => ({ kind: 'thread', threadId })
const open = (...others: string[]) => ({
  layout: parseLayout(`/chat/${a}`, `panes=${others.join()}`, 'new'),
  focusId: idOfPane(thread(a)),
})
const dropped = (before: ReturnType<typeof open>, pane: Pane, gap: number) => {
  const next = dropPane(before, pane, gap)
  return next && [printLayout(next.layout), next.focusId]
}

describe('a pane that is let go of between others', () => {
  it('stands there, and has the focus', () => {
    expect(dropped(open(b, c), thread(c), 0)).toEqual([`/chat/${c}?panes=${a},${b}`, idOfPane(thread(c))])
    expect(dropped(open(b, c), thread(a), 2)).toEqual([`/chat/${b}?panes=${a},${c}`, idOfPane(thread(a))])
    expect(dropped(open(b, c), thread(a), 3)).toEqual([`/chat/${b}?panes=${c},${a}`, idOfPane(thread(a))])
  })

  it('changes nothing on either side of where it is', () => {
    expect(dropped(open(b, c), thread(b), 1)).toBeNull()
    expect(dropped(open(b, c), thread(b), 2)).toBeNull()
  })
})

describe('a thread of the list that is let go of between panes', () => {
  it('opens there, while there is room', () => {
    expect(dropped(open(b), thread(c), 1)).toEqual([`/chat/${a}?panes=${c},${b}`, idOfPane(thread(c))])
    expect(dropped(open(b, c, 'new'), thread(d), 1)).toBeNull()
  })

  it('is moved when it is open already', () => {
    expect(dropped(open(b), thread(b), 0)).toEqual([`/chat/${b}?panes=${a}`, idOfPane(thread(b))])
  })
})

describe('the gap that is meant', () => {
  it('is before a pane up to its middle, and after it from there on', () => {
    const boxes = [
      { left: 100, width: 200 },
      { left: 300, width: 400 },
    ]
    expect([0, 199, 201, 499, 501, 900].map((x) => gapAt(boxes, x))).toEqual([0, 0, 1, 1, 2, 2])
  })
})
