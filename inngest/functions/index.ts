/** The functions that app/api/inngest serves. */
import { keepTime } from './keepTime.ts'
import { nameThread } from './nameThread.ts'
import { processMessage } from './processMessage.ts'
import { summarizeThread } from './summarizeThread.ts'

export const functions = [processMessage, nameThread, keepTime, summarizeThread]
