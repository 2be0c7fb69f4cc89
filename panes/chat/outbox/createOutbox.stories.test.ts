// Whatever happens in whichever order in up to three tabs: nothing is lost, nothing is handed back and sent as well.
import { expect, it } from 'vitest'
import { createWorld, settle } from './createWorld.ts'
import { mayHaveArrived, type OutboxEntry, UNSEEN_MS } from './outboxEntry.ts'
import type { SendAnswer } from './sendResult.ts'

const refusal = (code: string): SendAnswer => ({ ok: false, error: { code, message: 'm', hint: 'h' } })

/** A server whose answers come late, or not at all. What it has taken it has taken for ever, what is too long stays too long. */
function createServer(below: (limit: number) => number) {
  const taken = new Set<string>()
  const tooLong = new Set<string>()
  const out: (() => void)[] = []
  let isKind = false
  const decide = (messageId: string): SendAnswer => {
    if (tooLong.has(messageId)) return refusal('message-too-long')
    if (!taken.has(messageId) && !isKind && below(3) === 0) return refusal('rate-limited')
    taken.add(messageId)
    return { ok: true }
  }
  const send = ({ messageId }: OutboxEntry): Promise<SendAnswer> => {
    const { promise, resolve, reject } = Promise.withResolvers<SendAnswer>()
    const isLost = !isKind && below(3) === 0
    const answer = isLost && below(2) === 0 ? null : decide(messageId)
    out.push(() => (answer === null || isLost ? reject(new Error('no answer')) : resolve(answer)))
    if (isKind) answerOne(out.length - 1)
    return promise
  }
  const answerOne = (at: number) => out.splice(at, 1)[0]?.()
  return {
    ...{ taken, tooLong, out, send, answerOne },
    /** From now on everything arrives and is answered at once. */
    beKind: () => {
      isKind = true
      while (out.length > 0) answerOne(0)
    },
  }
}

async function tell(seed: number) {
  const below = seeded(seed)
  const world = createWorld(() => below(4))
  const server = createServer(below)
  const written: string[] = []
  const handedBack = new Map<string, OutboxEntry>()
  const twice: string[] = []
  world.answerWith((entry) => {
    if (handedBack.has(entry.messageId)) twice.push(`${entry.messageId} is sent after it was handed back`)
    return server.send(entry)
  })
  let tabs = [world.openTab(), world.openTab()]
  const anyTab = () => tabs[below(tabs.length)] ?? world.openTab()
  const going: Promise<unknown>[] = []

  const write = () => {
    const messageId = `m${written.length + 1}`
    written.push(messageId)
    if (below(5) === 0) server.tooLong.add(messageId)
    going.push(anyTab().outbox.add({ messageId, threadId: `t${below(2)}`, text: messageId }))
  }
  const takeBack = async () => {
    const messageId = `m${1 + below(written.length + 1)}`
    const entry = await anyTab().outbox.takeBack(messageId)
    if (entry === undefined) return
    if (handedBack.has(messageId)) twice.push(`${messageId} is handed back twice`)
    handedBack.set(messageId, entry)
  }
  const land = () =>
    going.push(...tabs.map(({ outbox }) => outbox.landed([...server.taken].filter(() => below(2) > 0))))
  const closeOne = () => {
    tabs.splice(below(tabs.length), 1)[0]?.close()
    if (tabs.length === 0) tabs.push(world.openTab())
  }
  const openOne = () => tabs.length < 3 && tabs.push(world.openTab())
  const changeNetwork = () => {
    world.world.isOnline = !world.world.isOnline
    if (world.world.isOnline) going.push(...tabs.map(({ outbox }) => outbox.wake()))
  }
  const acts = [
    ...[write, write, write, land, closeOne, openOne, changeNetwork, world.hold, world.tell],
    () => going.push(takeBack()),
    () => going.push(takeBack()),
    () => going.push(takeBack()),
    () => server.answerOne(below(server.out.length)),
    () => server.answerOne(below(server.out.length)),
    () => world.pass(below(40_000)),
  ]
  for (let step = 0; step < 60; step++) {
    await acts[below(acts.length)]?.()
    await settle(below(25))
  }

  server.beKind()
  world.world.isOnline = true
  world.tell()
  for (const tab of tabs) tab.close()
  tabs = [world.openTab()]
  for (let round = 0; round < 4; round++) {
    await tabs[0]?.outbox.wake()
    await settle(2_000)
    await world.pass(UNSEEN_MS)
  }
  await Promise.all(going)
  return { written, handedBack, twice, taken: server.taken, left: await world.store.all('user_1') }
}

it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))(
  'each message arrives or is handed back, and what may do both says so (seed %i)',
  async (seed) => {
    const { written, handedBack, twice, taken, left } = await tell(seed)
    expect(twice).toEqual([])
    const refused = new Set(left.filter(({ state }) => state === 'refused').map(({ messageId }) => messageId))
    for (const messageId of written) {
      const back = handedBack.get(messageId)
      const places = [back !== undefined, refused.has(messageId), taken.has(messageId)].filter(Boolean).length
      if (back === undefined || !taken.has(messageId)) expect(places, messageId).toBe(1)
      // The page stops it where it arrives.
      else expect(mayHaveArrived(back), `${messageId} arrived and was handed back`).toBe(true)
    }
  },
)

/** Repeatable: the same seed tells the same story. */
function seeded(seed: number): (limit: number) => number {
  let state = seed * 7_919
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647
    return limit === 0 ? 0 : state % limit
  }
}
