// Sample tasks, for tests and the gallery.
import type { ScheduleData } from './useSchedules.ts'

export const taskOf = (over: Partial<ScheduleData>): ScheduleData => ({
  key: 'task',
  threadId: '0b8f8c7e-1c55-4a6b-9d64-5d1f6f0f9a11',
  threadTitle: 'The morning news',
  title: 'Morning news',
  prompt: 'Tell me what is new in my threads, in five lines.',
  rule: { kind: 'cron', cron: '0 9 * * 1-5' },
  timeZone: 'Europe/Paris',
  state: 'active',
  runs: 0,
  createdBy: 'person',
  ...over,
})
