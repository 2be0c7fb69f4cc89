/** All tools there are, by name. What is not here does not exist for a model. */

import { askUser } from './askUser.ts'
import { calculate } from './calculate.ts'
import { changeSchedule } from './changeSchedule.ts'
import { convertTime } from './convertTime.ts'
import { currentTime } from './currentTime.ts'
import type { AgentTool } from './defineTool.ts'
import { forget } from './forget.ts'
import { listSchedules } from './listSchedules.ts'
import { openThread } from './openThread.ts'
import { readPage } from './readPage.ts'
import { recall } from './recall.ts'
import { remember } from './remember.ts'
import { renameThread } from './renameThread.ts'
import { scheduleTask } from './scheduleTask.ts'
import { searchThreads } from './searchThreads.ts'
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
  searchThreads,
  remember,
  recall,
  forget,
  readPage,
  // One line for each tool.
]

export const registry: Registry = new Map(all.map((one) => [one.name, one]))
