/** The one place where a browser becomes signed in or out. */
import { SESSION_LIFE_MS } from '../identity.ts'
import type { SessionRow } from '../store/rows.ts'
import { activeSessions, ensureClient, type FrontendContext, giveSecret } from './context.ts'

/** Signs the person in on this browser: its other session ends, its secret changes, its cookies follow. */
export function startSession(context: FrontendContext, userId: string): SessionRow {
  const { identity, now } = context
  return identity.db.transaction(() => {
    for (const other of activeSessions(context)) identity.sessions.end(other.id, 'ended', now)
    const client = ensureClient(context)
    identity.attempts.removeOfClient(client.id)
    const session: SessionRow = {
      id: identity.newId('sess'),
      clientId: client.id,
      userId,
      status: 'active',
      userAgent: context.userAgent,
      ipAddress: context.ip,
      createdAt: now,
      updatedAt: now,
      lastActiveAt: now,
      expireAt: now + SESSION_LIFE_MS,
    }
    identity.sessions.insert(session)
    identity.accounts.signedIn(userId)
    const changedAtSeconds = Math.floor(now / 1000)
    giveSecret(context, client.id, changedAtSeconds)
    context.cookies.setSignedInAt(changedAtSeconds)
    return session
  })
}

/** Ends the browser's sessions; the cookie tells the server side at once. */
export function endSessions(
  context: FrontendContext,
  sessionIds: readonly string[],
  status: 'ended' | 'removed',
): void {
  const { identity, client, now } = context
  identity.db.transaction(() => {
    for (const id of sessionIds) identity.sessions.end(id, status, now)
    if (!client) return
    context.client = { ...client, changedAtSeconds: Math.floor(now / 1000), updatedAt: now }
    identity.sessions.saveClient(context.client)
  })
  if (activeSessions(context).length === 0) context.cookies.setSignedInAt(0)
}
