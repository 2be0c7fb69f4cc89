// A device for the tests of the outbox: tabs, their lock and channel, a clock, and a server that answers as it is told.
import { createOutbox } from './createOutbox.ts'
import type { OutboxEntry } from './outboxEntry.ts'
import { createMemoryStore, type OutboxStore } from './outboxStore.ts'
import type { SendAnswer } from './sendResult.ts'
import type { TabChannel } from './tabChannel.ts'

/** Tabs that share one lock and one channel, as in a browser; the lock passes on when its holder lets go. */
function createDevice() {
  const tabs = new Set<() => void>()
  /** What tabs say to each other is not heard until it is told. */
  const unheard = { isHeld: false, waiting: new Set<() => void>() }
  let queue: (() => Promise<void>)[] = []
  const openChannel = (): TabChannel => {
    let own: (() => void) | undefined
    return {
      post: () => {
        for (const hear of tabs) {
          if (hear === own) continue
          if (unheard.isHeld) unheard.waiting.add(hear)
          else hear()
        }
      },
      listen: (hear) => {
        own = hear
        tabs.add(hear)
        return () => tabs.delete(hear)
      },
      lead: (lead) => {
        queue.push(lead)
        if (queue.length === 1) void lead()
        return () => {
          const held = queue[0] === lead
          queue = queue.filter((other) => other !== lead)
          if (held) void queue[0]?.()
        }
      },
    }
  }
  const hold = () => {
    unheard.isHeld = true
  }
  const tell = () => {
    unheard.isHeld = false
    for (const hear of unheard.waiting) if (tabs.has(hear)) hear()
    unheard.waiting.clear()
  }
  return { openChannel, hold, tell }
}

type Sent = { messageId: string; resend: number; tries: number; after: string | null }

/** One after the other, each a few turns late: what lies between asking a browser's database and its answer. */
function slowedDown(store: OutboxStore, turns: () => number): OutboxStore {
  let last: Promise<unknown> = Promise.resolve()
  const late = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(() => settle(turns())).then(work)
    last = done
    return done
  }
  return {
    all: (ownerId) => late(() => store.all(ownerId)),
    put: (entry) => late(() => store.put(entry)),
    change: (messageId, change) => late(() => store.change(messageId, change)),
    takeBack: (ownerId, messageId) => late(() => store.takeBack(ownerId, messageId)),
  }
}

/** Everything around an outbox: a clock, a network, a store, tabs. Nothing happens by itself but what promises do. */
export function createWorld(turns: () => number = () => 0) {
  const world = { now: 10_000, isOnline: true, isStillSignedIn: true, sent: [] as Sent[] }
  const alarms = new Map<() => void, number>()
  const store = slowedDown(createMemoryStore(), turns)
  const device = createDevice()
  let answer: (entry: OutboxEntry) => Promise<SendAnswer> = async () => ({ ok: true })
  const openTab = (ownerId = 'user_1') => {
    const outbox = createOutbox({
      ownerId,
      store: Promise.resolve(store),
      channel: device.openChannel(),
      isOnline: () => world.isOnline,
      isStillSignedIn: () => world.isStillSignedIn,
      clock: {
        now: () => world.now,
        after: (ms, run) => {
          alarms.set(run, world.now + ms)
          return () => alarms.delete(run)
        },
      },
      send: (entry) => {
        world.sent.push({ messageId: entry.messageId, resend: entry.resend, tries: entry.tries, after: entry.after })
        return answer(entry)
      },
    })
    return { outbox, close: outbox.start() }
  }
  return {
    ...{ world, store, openTab, hold: device.hold, tell: device.tell },
    answerWith: (next: typeof answer) => {
      answer = next
    },
    pass: async (ms: number) => {
      world.now += ms
      for (const [run, at] of [...alarms]) {
        if (at > world.now) continue
        alarms.delete(run)
        run()
      }
      await settle()
    },
    ids: () => world.sent.map((sent) => sent.messageId),
  }
}

/** Lets every promise that is ready go on; nothing here waits for real time. */
export async function settle(turns = 150): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve()
}
