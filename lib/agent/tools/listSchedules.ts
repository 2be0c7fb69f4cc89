/** The person's follow-ups and recurring tasks, of all their chats. */
import { z } from 'zod'
import { api } from '../../../convex/_generated/api.js'
import { serviceQuery } from '../../convex/serviceClient.ts'
import { defineTool } from './defineTool.ts'
import { tellSchedule } from './tellSchedule.ts'

/** What a tool may say is 50,000 characters: so many of the longest fit. */
export const mostTold = 40

export const listSchedules = defineTool({
  name: 'listSchedules',
  description: "Lists the person's scheduled tasks with their keys, times and states.",
  keywords: ['schedule', 'scheduled', 'tasks', 'recurring', 'reminders', 'list', 'upcoming', 'planned', 'show'],
  inputSchema: z.object({}),
  repeatable: true,
  summarize: () => 'Look at your scheduled tasks.',
  run: async (_input, { ownerId, now }) => {
    const schedules = await serviceQuery(api.service.schedules.list, { ownerId })
    const bySoonest = schedules.toSorted((a, b) => (a.nextAt ?? Infinity) - (b.nextAt ?? Infinity))
    const told = bySoonest.slice(0, mostTold).map((schedule) => tellSchedule(schedule, now()))
    return { schedules: told, ...(schedules.length > mostTold ? { notShown: schedules.length - mostTold } : {}) }
  },
})
