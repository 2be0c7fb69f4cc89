/** Answers the words that call tools: the next call, or what came of the calls made. Pure. */
import type { OfferedTool } from './chatRequest.ts'
import type { ToolCall } from './parseCalls.ts'
import type { Ask } from './parsePrompt.ts'
import type { Outcome } from './readNote.ts'
import type { MadeCall } from './readTurns.ts'
import { type Reply, say } from './reply.ts'
import { cutText, isFailure, sayCall, sayResult, textOfPage } from './sayCall.ts'

type AskOf<Kind extends Ask['kind']> = Extract<Ask, { kind: Kind }>

/** Parallel calls for one `time`. */
const MOST_ZONES = 8
const MOST_PAGE = 300

/** The property of the tool's input that takes a time zone: by its name, else the first one. */
function findZoneProperty(tool: OfferedTool): string | undefined {
  const names = Object.keys(tool.function.parameters?.properties ?? {})
  return (
    names.find((name) => /zone|tz/i.test(name)) ?? names.find((name) => /place|city|location/i.test(name)) ?? names[0]
  )
}

function callForZone(tool: OfferedTool, zone: string | undefined): ToolCall {
  const property = findZoneProperty(tool)
  const isRequired = property !== undefined && tool.function.parameters?.required?.includes(property) === true
  const value = zone ?? (isRequired ? 'UTC' : undefined)
  const input = property === undefined || value === undefined ? {} : { [property]: value }
  return { name: tool.function.name, arguments: JSON.stringify(input) }
}

export function answerTime({ zones }: AskOf<'time'>, made: MadeCall[], tools: OfferedTool[]): Reply {
  const results = made.flatMap(({ result }) => (result === undefined ? [] : [sayResult(result)]))
  if (results.length === 1) return say(`The tool says: ${results[0]}`)
  if (results.length > 1) return say(`The tools say:\n${results.map((line) => `\n- ${line}`).join('')}`)
  const timely = tools.filter((offered) => /time/i.test(offered.function.name))
  const tool = timely.find((offered) => /zone|tz/i.test(findZoneProperty(offered) ?? '')) ?? timely[0]
  if (!tool) return say('I cannot tell the time: this request offers no tool for it.')
  const asked = zones.length === 0 ? [undefined] : zones.slice(0, MOST_ZONES)
  return { kind: 'call', calls: asked.map((zone) => callForZone(tool, zone)) }
}

function callOffered(calls: ToolCall[], tools: OfferedTool[]): Reply {
  const missing = calls.find(({ name }) => !tools.some((tool) => tool.function.name === name))
  if (missing) return say(`I cannot do that: this request offers no tool named ${missing.name}.`)
  return { kind: 'call', calls }
}

/** Only calls of these tools: an obedient assistant may have made others. */
const madeOf = (calls: ToolCall[], made: MadeCall[]) =>
  made.filter(({ name }) => calls.some((call) => call.name === name))

const numbered = (call: ToolCall, step: string) => ({ ...call, arguments: call.arguments.replaceAll('{i}', step) })

export function answerUse({ calls, times, isAnyway }: AskOf<'use'>, made: MadeCall[], tools: OfferedTool[]): Reply {
  const own = madeOf(calls, made)
  if (times !== undefined && own.length >= times) return say(`Done ${times} calls.`)
  if (times === undefined && own.length > 0) {
    return say(own.map((call) => sayCall(call, `Result of ${call.name}`)).join('\n\n'))
  }
  const step = `${own.length + 1}`
  const next = times === undefined ? calls : calls.map((call) => numbered(call, step))
  return isAnyway ? { kind: 'call', calls: next } : callOffered(next, tools)
}

/** With `wait` the text is due when the wait is over, which is told by a note; here only if the tool did not wait. */
export function answerWait({ call, text }: AskOf<'wait'>, made: MadeCall[], tools: OfferedTool[]): Reply {
  const own = madeOf([call], made).at(-1)
  if (!own) return callOffered([call], tools)
  return own.result !== undefined && isFailure(own.result) ? say(sayCall(own, '')) : say(text)
}

export function answerRead({ call }: AskOf<'read'>, made: MadeCall[], tools: OfferedTool[]): Reply {
  const own = madeOf([call], made).at(-1)
  if (!own) return callOffered([call], tools)
  if (own.result === undefined || isFailure(own.result)) return say(sayCall(own, ''))
  return say(cutText(textOfPage(own.result), MOST_PAGE))
}

function sayOutcome(ask: Ask, outcome: Outcome, made: MadeCall[]): string {
  switch (outcome.kind) {
    case 'time':
      return ask.kind === 'wait' ? ask.text : 'The wait is over.'
    case 'answer':
      return outcome.text === undefined ? 'You skipped it.' : `You answered: ${outcome.text}`
    case 'approved': {
      const call = made.findLast(({ name, waiting }) => name === outcome.tool && !waiting)
      return call ? sayCall(call, 'Done') : `${outcome.tool} has given no result.`
    }
    case 'denied':
      return `Not done: ${outcome.reason || 'no reason'}`
    case 'expired':
      return outcome.of === 'approval' ? 'Not done: nobody answered.' : 'Nobody answered.'
    default:
      return outcome satisfies never
  }
}

/** After a wait. Calls one after the other go on, unless one of them was not allowed. */
export function answerOutcome(ask: Ask, outcome: Outcome, made: MadeCall[], tools: OfferedTool[]): Reply {
  const isHalted = outcome.kind === 'denied' || outcome.kind === 'expired'
  if (ask.kind === 'use' && ask.times !== undefined && !isHalted) return answerUse(ask, made, tools)
  return say(sayOutcome(ask, outcome, made))
}
