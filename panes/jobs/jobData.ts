// A job as the database tells it: one turn with its steps, their tries, and what it waits for.
import type { FunctionReturnType } from 'convex/server'
import type { api } from '../../convex/_generated/api.js'

export type JobData = NonNullable<FunctionReturnType<typeof api.jobs.inspect>>
export type StepData = JobData['steps'][number]
export type TryData = StepData['tries'][number]
export type JobRow = FunctionReturnType<typeof api.jobs.page>['page'][number]
export type JobSummary = FunctionReturnType<typeof api.jobs.summary>
