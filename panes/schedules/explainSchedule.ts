// Why nothing came of a press on a task, in words. What messages are told (“it goes out by itself”) is not true of a run. Pure.
import { ConvexError } from 'convex/values'
import { formatClock } from '../../components/clockTime.ts'
import { scheduleStrings } from '../../components/strings/schedules.ts'
import { explainFailure } from '../chat/explainFailure.ts'

const say = scheduleStrings

export function explainSchedule(cause: unknown): string {
  const data: unknown = cause instanceof ConvexError ? cause.data : null
  if (typeof data !== 'object' || data === null || !('code' in data) || data.code !== 'rate-limited')
    return explainFailure(cause, say.failed)
  return 'retryAt' in data && typeof data.retryAt === 'number'
    ? say.tooFastUntil(formatClock(data.retryAt))
    : say.tooFast
}
