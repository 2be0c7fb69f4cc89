/** Shows the person another of their chats: the interface follows the result. */
import { z } from 'zod'
import { api } from '../../../convex/_generated/api.js'
import { isClientId } from '../../chat/messageLimits.ts'
import { serviceQuery } from '../../convex/serviceClient.ts'
import { defineTool } from './defineTool.ts'

export const openThread = defineTool({
  name: 'openThread',
  description: 'Opens another chat of the person on their screen. Find its threadId with searchThreads first.',
  keywords: ['open', 'show', 'switch', 'go', 'jump', 'chat', 'conversation', 'thread'],
  inputSchema: z.object({
    threadId: z.string().refine(isClientId, 'must be the threadId of a chat, as searchThreads tells it'),
  }),
  repeatable: true,
  summarize: () => 'Open another of your chats on your screen.',
  run: async ({ threadId }, { ownerId }) => {
    const thread = await serviceQuery(api.service.threads.find, { ownerId, threadId })
    if (!thread) throw new Error('There is no such chat.')
    return { open: thread.threadId, title: thread.title }
  },
})
