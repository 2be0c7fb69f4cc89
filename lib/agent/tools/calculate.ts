/** Arithmetic, which models get wrong: exact as long as the numbers allow. */
import { z } from 'zod'
import { describeAmount } from './calculate/describeAmount.ts'
import { evaluateExpression, MOST_EXPRESSION_CHARS } from './calculate/evaluateExpression.ts'
import { defineTool } from './defineTool.ts'

export const calculate = defineTool({
  name: 'calculate',
  description:
    'Works out an arithmetic expression exactly: + - * / ^ % ! brackets, sqrt, round(x, places), min, max, sum, mean, median, gcd, lcm, ' +
    'log(x, base), ln, exp, sin(30 deg) and the like. Use it for every calculation that is not trivial.',
  keywords: [
    'calculation',
    'compute',
    'math',
    'arithmetic',
    'plus',
    'minus',
    'times',
    'divided',
    'percent',
    'percentage',
    'total',
  ],
  inputSchema: z.object({
    expression: z.string().min(1).max(MOST_EXPRESSION_CHARS).describe('For example (1250 * 1.19 - 80) / 12'),
  }),
  repeatable: true,
  timeoutMs: 5_000,
  summarize: ({ expression }) => `Calculate ${expression}.`,
  run: async ({ expression }) => ({ expression, ...describeAmount(await evaluateExpression(expression)) }),
})
