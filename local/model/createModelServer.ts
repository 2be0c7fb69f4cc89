/** The scripted assistant's HTTP server: routes, reads, journals, hands on. It does not decide what is said. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../kernel/clock.ts'
import { type Listening, listen } from '../kernel/listen.ts'
import type { Log } from '../kernel/log.ts'
import { BodyError, readBody } from '../kernel/readBody.ts'
import type { Profile } from '../kernel/runServer.ts'
import { parseChatRequest, RequestError } from './chatRequest.ts'
import { decideReply } from './decideReply.ts'
import { encodeError } from './encodeChunks.ts'
import { modelIds } from './modelIds.ts'
import { openJournal } from './openJournal.ts'
import { performReply } from './performReply.ts'
import { computeAttemptKey, readConversation } from './readConversation.ts'
import { countWords } from './splitTokens.ts'

/** A context of a million words fits; anything larger is a mistake. */
const LARGEST_BODY_BYTES = 16 * 1024 * 1024

export interface ModelServerOptions {
  port: number
  journalPath: string
  clock: Clock
  log: Log
  profile: Profile
  /** Milliseconds from a request to its first token. */
  ttftMs: number
  tokensPerSecond: number
}

export interface ModelServer {
  origin: string
  port: number
  close(): Promise<void>
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body)
}

function headerText(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

const queryNumber = (query: URLSearchParams, name: string) => {
  const value = Number(query.get(name) ?? 'none')
  return Number.isFinite(value) ? { [name]: value } : {}
}

export async function createModelServer(options: ModelServerOptions): Promise<ModelServer> {
  const { clock, log, profile, ttftMs, tokensPerSecond } = options
  const journal = openJournal(options.journalPath, clock.now)

  async function answerChat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page on another site could send a form or plain text without asking; JSON needs a permission we never give.
    if (!/^application\/json\b/i.test(headerText(request, 'content-type'))) {
      throw new BodyError(415, 'Send the request as application/json.')
    }
    const chat = parseChatRequest((await readBody(request, LARGEST_BODY_BYTES)).toString('utf8'))
    const conversation = readConversation(chat, { countWords, now: clock.now() })
    const correlationId = headerText(request, 'x-correlation-id').slice(0, 300)
    const { input: prompt, words, before } = conversation
    const key = computeAttemptKey(correlationId, chat)
    const { model } = chat
    const tools = chat.tools ?? []
    const toolNames = tools.map((tool) => tool.function.name)
    const line = { at: clock.now(), correlationId, key, prompt, words, before, model, tools: toolNames }
    const { id, earlierTries } = journal.request(line)
    const mostTokens = chat.max_completion_tokens ?? chat.max_tokens
    const mayCall = chat.tool_choice !== 'none'
    const reply = decideReply({ conversation, model, tools, mayCall, earlierTries, mostTokens })
    log.debug('request', { id, correlationId, reply: reply.kind, earlierTries })
    performReply({
      response,
      reply,
      head: { id, model, created: Math.floor(clock.now() / 1000) },
      clock,
      ttftMs,
      tokensPerSecond,
      profile,
      promptTokens: words,
      isStream: chat.stream === true,
      isUsageAskedFor: chat.stream_options?.include_usage === true,
      onEnd: (outcome, tokens, firstAt) =>
        journal.end(id, { at: clock.now(), outcome, tokens, ...(firstAt === undefined ? {} : { firstAt }) }),
    })
  }

  function readJournal(query: URLSearchParams): string {
    const filter = { ...queryNumber(query, 'since'), ...queryNumber(query, 'after'), ...queryNumber(query, 'limit') }
    return JSON.stringify({ now: clock.now(), lines: journal.lines(filter) })
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://model.local')
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /v1/chat/completions':
        return answerChat(request, response)
      case 'GET /v1/models': {
        const data = modelIds.map((id) => ({ id, object: 'model', created: 0, owned_by: 'nightshift' }))
        return sendJson(response, 200, JSON.stringify({ object: 'list', data }))
      }
      case 'GET /health':
        return sendJson(response, 200, JSON.stringify({ status: 'ok', profile, ttftMs, tokensPerSecond }))
      case 'GET /journal':
        return sendJson(response, 200, readJournal(url.searchParams))
      case 'GET /journal/counts':
        return sendJson(response, 200, JSON.stringify(journal.counts(url.searchParams.get('prefix') ?? '')))
      default:
        return sendJson(
          response,
          404,
          encodeError(
            404,
            `The local model has no ${request.method} ${url.pathname}; it serves /v1/chat/completions and /v1/models.`,
          ),
        )
    }
  }

  function refuse(response: ServerResponse, error: unknown): void {
    const status = error instanceof BodyError ? error.status : error instanceof RequestError ? 400 : 500
    const message = error instanceof Error ? error.message : String(error)
    if (status === 500) log.error('request-failed', { message })
    if (response.headersSent) response.destroy()
    else sendJson(response, status, encodeError(status, message))
  }

  const listening: Listening = await listen(options.port, (request, response) => {
    route(request, response).catch((error: unknown) => refuse(response, error))
  })
  return {
    origin: listening.origin,
    port: listening.port,
    async close() {
      await listening.close()
      journal.close()
    },
  }
}
