/** A question to the person. The turn ends with it; their answer, or their silence, goes on in a new one. */
import { z } from 'zod'
import { defineTool, waitFor } from './defineTool.ts'

/** Nobody has answered by then: the model is told so. */
const PATIENCE_MS = 7 * 24 * 60 * 60 * 1_000

const line = (most: number) => z.string().trim().min(1).max(most)

export const askUser = defineTool({
  name: 'askUser',
  description:
    'Asks the person a question and waits for the answer, for days if need be. Use it when you cannot go on well without knowing, and when ' +
    'you are asked to ask. One question a call; give choices where there are few good answers (they may still write their own).',
  keywords: [
    'ask',
    'question',
    'clarify',
    'choose',
    'choice',
    'confirm',
    'decide',
    'prefer',
    'interview',
    'quiz',
    'options',
  ],
  inputSchema: z.object({
    question: line(2_000),
    choices: z.array(line(200)).min(2).max(6).optional().describe('Two to six short answers to choose from'),
  }),
  repeatable: true,
  summarize: ({ question }) => `Ask you: ${question}`,
  run: ({ question, choices }, { now }) =>
    waitFor({
      kind: 'question',
      until: now() + PATIENCE_MS,
      question,
      ...(choices ? { choices: [...new Set(choices)] } : {}),
    }),
})
