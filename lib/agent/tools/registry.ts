/** All tools there are, by name. What is not here does not exist for a model. */

import { askUser } from './askUser.ts'
import { calculate } from './calculate.ts'
import { changeSchedule } from './changeSchedule.ts'
import { convertTime } from './convertTime.ts'
import { currentTime } from './currentTime.ts'
import type { AgentTool } from './defineTool.ts'
import { listSchedules } from './listSchedules.ts'
import { openThread } from './openThread.ts'
import { renameThread } from './renameThread.ts'
import { scheduleTask } from './scheduleTask.ts'
import { wait } from './wait.ts'

export type Registry = ReadonlyMap<string, AgentTool>

const all: AgentTool[] = [
  currentTime,
  calculate,
  convertTime,
  askUser,
  renameThread,
  openThread,
  wait,
  scheduleTask,
  listSchedules,
  changeSchedule,
  // One line for each tool.
]

export const registry: Registry = new Map(all.map((one) => [one.name, one]))
