/** What a Clerk webhook means for our table of people. Pure. */
import type { UserJSON, WebhookEvent } from '@clerk/nextjs/server'

export type UserChange =
  | { kind: 'upsert'; args: { userId: string; updatedAt: number; name?: string; email?: string } }
  | { kind: 'remove'; args: { userId: string } }
  | { kind: 'nothing' }

export function describeUserEvent(event: WebhookEvent): UserChange {
  switch (event.type) {
    case 'user.created':
    case 'user.updated':
      return { kind: 'upsert', args: describePerson(event.data) }
    case 'user.deleted':
      return event.data.id === undefined ? { kind: 'nothing' } : { kind: 'remove', args: { userId: event.data.id } }
    default:
      return { kind: 'nothing' }
  }
}

/** Absent fields stay absent: an account need have neither a name nor an address. */
function describePerson(person: UserJSON) {
  const name = [person.first_name, person.last_name].filter(Boolean).join(' ')
  const primary = person.email_addresses.find((address) => address.id === person.primary_email_address_id)
  return {
    userId: person.id,
    updatedAt: person.updated_at,
    ...(name === '' ? {} : { name }),
    ...(primary ? { email: primary.email_address } : {}),
  }
}
