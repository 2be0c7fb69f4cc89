import type { UserJSON, WebhookEvent } from '@clerk/nextjs/server'
import { describe, expect, it } from 'vitest'
import { describeUserEvent } from './describeUserEvent.ts'

const grace = {
  id: 'user_1',
  first_name: 'Grace',
  last_name: 'Hopper',
  primary_email_address_id: 'idn_2',
  email_addresses: [
    { id: 'idn_1', email_address: 'old@example.test' },
    { id: 'idn_2', email_address: 'grace@example.test' },
  ],
  updated_at: 1_800_000_000_000,
} as UserJSON

const common = {
  object: 'event',
  timestamp: 1,
  instance_id: 'ins_1',
  event_attributes: { http_request: { client_ip: '', user_agent: '' } },
} as const
const updated = (data: UserJSON): WebhookEvent => ({ ...common, type: 'user.updated', data })
const created = (data: UserJSON): WebhookEvent => ({ ...common, type: 'user.created', data })
const deleted = (id?: string): WebhookEvent => ({
  ...common,
  type: 'user.deleted',
  data: { object: 'user', deleted: true, ...(id === undefined ? {} : { id }) },
})

describe('a Clerk webhook', () => {
  it.each([
    ['user.created', created],
    ['user.updated', updated],
  ] as const)('"%s" saves the name, the primary address and the time of the change', (_type, about) => {
    expect(describeUserEvent(about(grace))).toEqual({
      kind: 'upsert',
      args: { userId: 'user_1', updatedAt: 1_800_000_000_000, name: 'Grace Hopper', email: 'grace@example.test' },
    })
  })

  it('about a person without name and address leaves both out', () => {
    const data: UserJSON = {
      ...grace,
      first_name: null,
      last_name: null,
      primary_email_address_id: null,
      email_addresses: [],
    }
    expect(describeUserEvent(updated(data))).toEqual({
      kind: 'upsert',
      args: { userId: 'user_1', updatedAt: 1_800_000_000_000 },
    })
  })

  it('about a deletion removes the person', () => {
    const event = describeUserEvent(deleted('user_1'))
    expect(event).toEqual({ kind: 'remove', args: { userId: 'user_1' } })
  })

  it('about a deletion that names nobody changes nothing', () => {
    expect(describeUserEvent(deleted())).toEqual({ kind: 'nothing' })
  })
})
