/** A new title for this chat, when the person asks for one. It counts as theirs: none is made up afterwards. */
import { z } from 'zod'
import { api } from '../../../convex/_generated/api.js'
import { maxTitleChars } from '../../chat/messageLimits.ts'
import { serviceMutation } from '../../convex/serviceClient.ts'
import { defineTool } from './defineTool.ts'

export const renameThread = defineTool({
  name: 'renameThread',
  description: 'Gives this chat a new title. Only when the person asks for it.',
  keywords: ['rename', 'title', 'name', 'call', 'chat', 'conversation', 'thread', 'retitle'],
  inputSchema: z.object({ title: z.string().trim().min(1).max(maxTitleChars) }),
  repeatable: true,
  summarize: ({ title }) => `Rename this chat to “${title}”.`,
  run: async ({ title }, { ownerId, threadId }) => {
    const renamed = await serviceMutation(api.service.threads.rename, { ownerId, threadId, title })
    if (!renamed) throw new Error('This chat was deleted.')
    return renamed
  },
})
