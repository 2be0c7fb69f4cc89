/**
 * POST /api/webhooks/clerk: Clerk tells of accounts made, changed and deleted. Signed; repeated and out of order by nature:
 * the Convex functions keep the newest state, and a deleted account stays deleted.
 * Answers 200 when the change is saved (or is none of ours), 400 for a bad signature, 503 to be called again.
 */
import { verifyWebhook, type WebhookEvent } from '@clerk/nextjs/webhooks'
import type { NextRequest } from 'next/server'
import { api } from '../../../../convex/_generated/api.js'
import { describeUserEvent, type UserChange } from '../../../../lib/clerk/describeUserEvent.ts'
import { serviceMutation } from '../../../../lib/convex/serviceClient.ts'
import { requireEnv } from '../../../../lib/env.ts'

export const dynamic = 'force-dynamic'

async function save(change: UserChange): Promise<void> {
  if (change.kind === 'upsert') await serviceMutation(api.service.users.upsert, change.args)
  if (change.kind === 'remove') await serviceMutation(api.service.users.remove, change.args)
}

async function verify(request: NextRequest): Promise<WebhookEvent | undefined> {
  const signingSecret = requireEnv().CLERK_WEBHOOK_SIGNING_SECRET
  try {
    return await verifyWebhook(request, { signingSecret })
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    console.warn(JSON.stringify({ at: 'clerkWebhook', id: request.headers.get('svix-id'), problem }))
    return undefined
  }
}

export async function POST(request: NextRequest): Promise<Response> {
  const event = await verify(request)
  if (!event)
    return Response.json({ error: 'The signature does not fit: check CLERK_WEBHOOK_SIGNING_SECRET.' }, { status: 400 })
  try {
    await save(describeUserEvent(event))
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    console.error(JSON.stringify({ at: 'clerkWebhook', type: event.type, userId: event.data.id, problem }))
    return Response.json({ error: 'Not saved; please deliver it again.' }, { status: 503 })
  }
  return Response.json({ ok: true })
}
