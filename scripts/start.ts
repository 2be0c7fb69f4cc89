/** `npm start`: builds what changed, starts everything, prints where it is. */
import { runStack } from './runStack.ts'

await runStack('start')
