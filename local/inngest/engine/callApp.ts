/** One HTTP request to an app. No timeout of any kind: a model step may hold its answer for many minutes. */
import http from 'node:http'
import https from 'node:https'
import type { HttpAnswer, Report } from '../protocol/appAnswer.ts'
import type { HttpRequest } from './buildCall.ts'

export type LostCall = Extract<Report, { kind: 'unreachable' | 'cut' }>
export type Outcome = { kind: 'answered'; answer: HttpAnswer } | LostCall

export interface Transport {
  /** Never rejects. `giveUpMs` is for registration only; calls have none. */
  send(request: HttpRequest, giveUpMs?: number): Promise<Outcome>
  /** Cuts what is in flight. */
  close(): void
}

/** Errors that prove that the request never reached anyone. */
const neverDelivered = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const mostAnswerBytes = 32 * 1024 * 1024

export function createTransport(): Transport {
  const options = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 64 }
  const plain = new http.Agent(options)
  const secure = new https.Agent(options)

  return {
    send: ({ method, url, headers, body }, giveUpMs) =>
      new Promise((resolve) => {
        const tls = url.startsWith('https:')
        const lost = (error: NodeJS.ErrnoException) => resolve(describeLoss(error, url))
        const request = (tls ? https : http).request(url, {
          method,
          agent: tls ? secure : plain,
          headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
          ...(giveUpMs === undefined ? {} : { signal: AbortSignal.timeout(giveUpMs) }),
        })
        request.on('error', lost)
        // Notices a machine that vanished without closing the connection; it does not limit a slow answer.
        request.on('socket', (socket) => socket.setKeepAlive(true, 30_000))
        request.on('response', (response) =>
          readResponse(response).then((answer) => resolve({ kind: 'answered', answer }), lost),
        )
        request.end(body)
      }),
    close() {
      plain.destroy()
      secure.destroy()
    },
  }
}

async function readResponse(response: http.IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostAnswerBytes) throw new Error(`The answer is larger than ${mostAnswerBytes} bytes.`)
    chunks.push(chunk)
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString(),
  }
}

function describeLoss(error: NodeJS.ErrnoException, url: string): LostCall {
  const { origin, pathname } = new URL(url)
  const reason = `No answer from ${origin}${pathname}: ${error.message || error.code || 'connection lost'}.`
  return { kind: neverDelivered.has(error.code ?? '') ? 'unreachable' : 'cut', reason }
}
