/** `npm run dev`: as `npm start`, but everything follows the files: Next and Convex reload by themselves, a changed stand-in is restarted. */
import { runStack } from './runStack.ts'
import { watchStandIns } from './watchStandIns.ts'

await runStack('dev', watchStandIns)
