/** Pausing, resuming, deleting and running a scheduled task, for the person who approves it. */
import { z } from 'zod'
import { api } from '../../../convex/_generated/api.js'
import { maxTitleChars } from '../../chat/messageLimits.ts'
import { serviceMutation, serviceQuery } from '../../convex/serviceClient.ts'
import { defineTool, type ToolContext } from './defineTool.ts'
import { tellSchedule } from './tellSchedule.ts'
import { withRefusals } from './withRefusals.ts'

const verbs = { pause: 'Pause', resume: 'Resume', delete: 'Delete', run: 'Run now' } as const

interface Change {
  key: string
  action: keyof typeof verbs
  title: string
}

/** People approve by the title they read: it must be the one. False: there is no such task. */
async function isThere({ key, title }: Change, ownerId: string): Promise<boolean> {
  const schedules = await serviceQuery(api.service.schedules.list, { ownerId })
  const found = schedules.find((schedule) => schedule.key === key)
  if (found && found.title !== title)
    throw new Error(`The task of this key is called “${found.title}”. Nothing was changed.`)
  return found !== undefined
}

async function change({ key, action }: Change, isHere: boolean, { ownerId, idempotencyKey, now }: ToolContext) {
  const { setState, remove, runNow } = api.service.schedules
  if (action === 'run') return serviceMutation(runNow, { ownerId, key, id: idempotencyKey })
  if (action === 'delete') {
    await serviceMutation(remove, { ownerId, key })
    return { key, state: isHere ? 'deleted' : 'not there (any more)' }
  }
  const state = action === 'pause' ? 'paused' : 'active'
  return tellSchedule(await serviceMutation(setState, { ownerId, key, state }), now())
}

export const changeSchedule = defineTool({
  name: 'changeSchedule',
  description: 'Pauses, resumes, deletes or runs now one scheduled task. Take key and title from listSchedules.',
  keywords: [
    'schedule',
    'task',
    'reminder',
    'pause',
    'resume',
    'delete',
    'cancel',
    'stop',
    'run',
    'remove',
    'recurring',
  ],
  inputSchema: z.object({
    key: z.string().min(1).max(100),
    action: z.enum(['pause', 'resume', 'delete', 'run']),
    title: z.string().min(1).max(maxTitleChars).describe('The title of that task, which the person reads'),
  }),
  permission: 'ask',
  // Each of them is once: by the state it leads to, or by the call's key.
  repeatable: true,
  summarize: ({ action, title }) => `${verbs[action]}: the scheduled task “${title}”.`,
  run: (input, context) =>
    withRefusals(async () => {
      const isHere = await isThere(input, context.ownerId)
      return change(input, isHere, context)
    }),
})
