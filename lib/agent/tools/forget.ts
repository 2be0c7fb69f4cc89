/** Deletes one saved fact, after the person has agreed to exactly that. */
import { z } from 'zod'
import { api } from '../../../convex/_generated/api.js'
import { maxMemoryChars } from '../../chat/messageLimits.ts'
import { serviceMutation } from '../../convex/serviceClient.ts'
import { defineTool } from './defineTool.ts'

export const forget = defineTool({
  name: 'forget',
  description: 'Deletes one saved fact about the person. Take key and text from recall.',
  keywords: ['forget', 'delete', 'remove', 'erase', 'memory', 'fact', 'remembered'],
  inputSchema: z.object({
    key: z.string().min(1).max(100),
    text: z.string().min(1).max(maxMemoryChars).describe('The words of that fact, which the person reads'),
  }),
  permission: 'ask',
  // What is deleted is deleted.
  repeatable: true,
  summarize: ({ text }) => `Forget this saved fact: “${text}”.`,
  run: async ({ key, text }, { ownerId }) => {
    const removed = await serviceMutation(api.service.memories.remove, { ownerId, key, text })
    // People agree to the words they read: they must be the ones.
    if (removed.kind === 'other-text') throw new Error('The fact of this key has other words. Nothing was deleted.')
    return removed.kind === 'removed'
      ? { forgotten: removed.text }
      : { forgotten: null, note: 'There is no such fact (any more).' }
  },
})
