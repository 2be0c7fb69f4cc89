/** What waits for a person, live, as their open pages show it. */
import type { FunctionReturnType } from 'convex/server'
import { api } from '../../convex/_generated/api.js'
import type { Person } from '../support/person.ts'

export type OpenWait = FunctionReturnType<typeof api.inbox.list>['waits'][number]
type Schedule = FunctionReturnType<typeof api.schedules.list>[number]

export interface Inbox {
  waits(): readonly OpenWait[]
  schedules(): readonly Schedule[]
  onChange(listen: () => void): void
  close(): void
}

export function watchInbox({ convex }: Person): Inbox {
  let waits: OpenWait[] = []
  let schedules: Schedule[] = []
  const listeners: (() => void)[] = []
  const stops = [
    convex.onUpdate(api.inbox.list, {}, (inbox) => {
      waits = inbox.waits
      for (const listen of listeners) listen()
    }),
    convex.onUpdate(api.schedules.list, {}, (list) => {
      schedules = list
    }),
  ]
  return {
    waits: () => waits,
    schedules: () => schedules,
    onChange: (listen) => listeners.push(listen),
    close() {
      for (const stop of stops) stop()
    },
  }
}
