/** The sync protocol's wire format: reading what a client sends, writing what a server sends. It decides nothing. */
import type { JsonObject, JsonValue, Outcome } from '../engine/backend.ts'

/** What the client did is against the protocol: it is told so with a FatalError, and the socket is closed for good. */
export class ProtocolError extends Error {}

export interface Version {
  querySet: number
  identity: number
  /** Nanoseconds. */
  ts: bigint
}

export interface AddQuery {
  type: 'Add'
  queryId: number
  path: string
  args: JsonValue
  journal: string | null
  component: string | undefined
}
export type QuerySetChange = AddQuery | { type: 'Remove'; queryId: number }

export interface FunctionRequest {
  type: 'Mutation' | 'Action'
  requestId: number
  path: string
  args: JsonValue
  component: string | undefined
}

export type Authenticate =
  | { type: 'Authenticate'; tokenType: 'None'; baseVersion: number }
  | { type: 'Authenticate'; tokenType: 'User'; baseVersion: number; value: string }
  | {
      type: 'Authenticate'
      tokenType: 'Admin'
      baseVersion: number
      value: string
      impersonating: JsonObject | undefined
    }

export interface ModifyQuerySet {
  type: 'ModifyQuerySet'
  baseVersion: number
  newVersion: number
  modifications: QuerySetChange[]
}

export interface Connect {
  type: 'Connect'
  sessionId: string
  connectionCount: number
  lastCloseReason: string | null
  maxObservedTs: bigint | undefined
  clientTs: number | undefined
}

export type ClientMessage =
  | Connect
  | Authenticate
  | ModifyQuerySet
  | FunctionRequest
  | { type: 'Event'; eventType: string }

const TS_BYTES = 8

export function encodeTs(ts: bigint): string {
  const bytes = Buffer.alloc(TS_BYTES)
  bytes.writeBigUInt64LE(ts)
  return bytes.toString('base64')
}

export function decodeTs(text: string): bigint {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== TS_BYTES) throw new ProtocolError(`"${text.slice(0, 40)}" is not a timestamp.`)
  return bytes.readBigUInt64LE()
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readString(message: JsonObject, field: string): string {
  const value = message[field]
  if (typeof value !== 'string') throw new ProtocolError(`Field "${field}" must be a string.`)
  return value
}

function readCount(message: JsonObject, field: string): number {
  const value = message[field]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new ProtocolError(`Field "${field}" must be a non-negative integer.`)
  }
  return value
}

function readOptionalString(message: JsonObject, field: string): string | undefined {
  const value = message[field]
  return value === undefined || value === null ? undefined : readString(message, field)
}

/** `args` is an array of exactly one value; an empty array stands for `{}`. */
function readArgs(message: JsonObject): JsonValue {
  const args = message['args']
  if (!Array.isArray(args) || args.length > 1) throw new ProtocolError('Field "args" must hold exactly one object.')
  return args[0] ?? {}
}

function parseChange(change: JsonValue): QuerySetChange {
  if (!isObject(change)) throw new ProtocolError('A query set modification must be an object.')
  const queryId = readCount(change, 'queryId')
  if (change['type'] === 'Remove') return { type: 'Remove', queryId }
  if (change['type'] !== 'Add') throw new ProtocolError('A query set modification must be "Add" or "Remove".')
  return {
    type: 'Add',
    queryId,
    path: readString(change, 'udfPath'),
    args: readArgs(change),
    journal: readOptionalString(change, 'journal') ?? null,
    component: readOptionalString(change, 'componentPath'),
  }
}

function parseAuthenticate(message: JsonObject): Authenticate {
  const baseVersion = readCount(message, 'baseVersion')
  const tokenType = message['tokenType']
  if (tokenType === 'None') return { type: 'Authenticate', tokenType, baseVersion }
  if (tokenType !== 'User' && tokenType !== 'Admin') {
    throw new ProtocolError('Field "tokenType" must be "User", "Admin" or "None".')
  }
  const value = readString(message, 'value')
  if (tokenType === 'User') return { type: 'Authenticate', tokenType, baseVersion, value }
  const impersonating = message['impersonating']
  return {
    type: 'Authenticate',
    tokenType,
    baseVersion,
    value,
    impersonating: isObject(impersonating) ? impersonating : undefined,
  }
}

function parseConnect(message: JsonObject): Connect {
  const observed = readOptionalString(message, 'maxObservedTimestamp')
  const clientTs = message['clientTs']
  return {
    type: 'Connect',
    sessionId: readString(message, 'sessionId'),
    connectionCount: readCount(message, 'connectionCount'),
    lastCloseReason: readOptionalString(message, 'lastCloseReason') ?? null,
    maxObservedTs: observed === undefined ? undefined : decodeTs(observed),
    clientTs: typeof clientTs === 'number' ? clientTs : undefined,
  }
}

function parseModifyQuerySet(message: JsonObject): ModifyQuerySet {
  const modifications = message['modifications']
  if (!Array.isArray(modifications)) throw new ProtocolError('Field "modifications" must be an array.')
  return {
    type: 'ModifyQuerySet',
    baseVersion: readCount(message, 'baseVersion'),
    newVersion: readCount(message, 'newVersion'),
    modifications: modifications.map(parseChange),
  }
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch (cause) {
    throw new ProtocolError('The message is not JSON.', { cause })
  }
}

/** Anything that is not a well-formed client message throws a ProtocolError that names the field. */
export function parseClientMessage(text: string): ClientMessage {
  const message = parseJson(text)
  if (!isObject(message)) throw new ProtocolError('A message must be a JSON object.')
  const type = message['type']
  switch (type) {
    case 'Connect':
      return parseConnect(message)
    case 'Authenticate':
      return parseAuthenticate(message)
    case 'ModifyQuerySet':
      return parseModifyQuerySet(message)
    case 'Mutation':
    case 'Action':
      return {
        type,
        requestId: readCount(message, 'requestId'),
        path: readString(message, 'udfPath'),
        args: readArgs(message),
        component: readOptionalString(message, 'componentPath'),
      }
    case 'Event':
      return { type, eventType: readOptionalString(message, 'eventType') ?? '' }
    default:
      throw new ProtocolError(`Unknown message type ${String(JSON.stringify(type)).slice(0, 60)}.`)
  }
}

/** A result as the tail of a modification; made once per outcome, however many sockets show it. */
const resultTexts = new WeakMap<Outcome, { journal: string | null; text: string }>()

function errorFields(outcome: Outcome & { ok: false }, field: string): string {
  // errorData must be absent, not null, unless a ConvexError was thrown: its presence decides what the client throws.
  const data = outcome.errorData === undefined ? '' : `,"errorData":${JSON.stringify(outcome.errorData)}`
  return `"${field}":${JSON.stringify(outcome.errorMessage)}${data},"logLines":${JSON.stringify(outcome.logLines)}`
}

function queryResultText(outcome: Outcome, journal: string | null): string {
  const known = resultTexts.get(outcome)
  if (known?.journal === journal) return known.text
  const fields = outcome.ok
    ? `"value":${outcome.value},"logLines":${JSON.stringify(outcome.logLines)}`
    : errorFields(outcome, 'errorMessage')
  const text = `${fields},"journal":${JSON.stringify(journal)}}`
  resultTexts.set(outcome, { journal, text })
  return text
}

export function queryResult(queryId: number, outcome: Outcome, journal: string | null): string {
  const type = outcome.ok ? 'QueryUpdated' : 'QueryFailed'
  return `{"type":"${type}","queryId":${queryId},${queryResultText(outcome, journal)}`
}

export function queryRemoved(queryId: number): string {
  return `{"type":"QueryRemoved","queryId":${queryId}}`
}

function versionText(version: Version): string {
  return `{"querySet":${version.querySet},"identity":${version.identity},"ts":"${encodeTs(version.ts)}"}`
}

export interface ClockFields {
  /** Milliseconds; positive when the client's clock is ahead. */
  clientClockSkew: number
  /** Milliseconds since the epoch; nanoseconds on the wire. */
  serverNow: number
}

/** The clock fields cost bytes that no codec can squeeze, so they go only where the client uses them. */
export function transition(start: Version, end: Version, modifications: string[], clock?: ClockFields): string {
  const clockText = clock
    ? `,"clientClockSkew":${clock.clientClockSkew},"serverTs":${Math.round(clock.serverNow * 1e6)}`
    : ''
  const versions = `"startVersion":${versionText(start)},"endVersion":${versionText(end)}`
  return `{"type":"Transition",${versions},"modifications":[${modifications.join(',')}]${clockText}}`
}

export function mutationResponse(requestId: number, outcome: Outcome, ts: bigint): string {
  const head = `{"type":"MutationResponse","requestId":${requestId},"success":${outcome.ok}`
  if (!outcome.ok) return `${head},${errorFields(outcome, 'result')}}`
  return `${head},"result":${outcome.value},"ts":"${encodeTs(ts)}","logLines":${JSON.stringify(outcome.logLines)}}`
}

export function actionResponse(requestId: number, outcome: Outcome): string {
  const head = `{"type":"ActionResponse","requestId":${requestId},"success":${outcome.ok}`
  if (!outcome.ok) return `${head},${errorFields(outcome, 'result')}}`
  return `${head},"result":${outcome.value},"logLines":${JSON.stringify(outcome.logLines)}}`
}

export function authError(error: string, baseVersion: number, authUpdateAttempted: boolean): string {
  return JSON.stringify({ type: 'AuthError', error, baseVersion, authUpdateAttempted })
}

export function fatalError(error: string): string {
  return JSON.stringify({ type: 'FatalError', error })
}

export const ping = '{"type":"Ping"}'
