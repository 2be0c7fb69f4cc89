'use client'
// A reply's details: who answered, tokens, cost, time, and what went into it. Loaded and asked for when somebody looks.
import { useQuery } from 'convex/react'
import type { FunctionReturnType } from 'convex/server'
import type { ReactNode } from 'react'
import { useModels } from '../../components/BrowserSettings.tsx'
import { strings } from '../../components/strings.ts'
import { api } from '../../convex/_generated/api.js'
import type { TailMessage } from '../../convex/validators.ts'
import { describeReply } from './detailWords.ts'
import { labelOf } from './modelWords.ts'

export type Inspection = NonNullable<FunctionReturnType<typeof api.jobs.context>>

const say = strings.details

export default function ReplyDetails({ message }: { message: TailMessage }) {
  const inspection = useQuery(api.jobs.context, { messageId: message.messageId })
  return <ReplyDetailsView message={message} inspection={inspection} />
}

type ReplyDetailsViewProps = {
  message: TailMessage
  /** Null: nothing was noted. Undefined: on its way. */
  inspection: Inspection | null | undefined
}

/** Exported for the fixtures page, which has no backend to ask. */
export function ReplyDetailsView({ message, inspection }: ReplyDetailsViewProps) {
  const models = useModels()
  return (
    <div className="space-y-3">
      <Lines>
        {describeReply(message, (id) => labelOf(models, id)).map(({ name, words }) => (
          <Line key={name} name={name}>
            {words}
          </Line>
        ))}
      </Lines>
      <div className="border-t border-line pt-3">
        <p className="mb-1.5 font-medium">{say.wentIn}</p>
        {inspection === undefined ? <p className="text-soft">{say.loading}</p> : null}
        {inspection === null ? <p className="text-soft">{say.nothingNoted}</p> : null}
        {inspection ? <WentIn inspection={inspection} /> : null}
      </div>
    </div>
  )
}

function WentIn({ inspection: { history, summary, memories, wishes, tools, call } }: { inspection: Inspection }) {
  return (
    <>
      <Lines>
        <Line name={say.turns} tokens={history.tokens} lead={turnsWords(history)} />
        {summary === null ? null : <Line name={say.summary} tokens={summary.tokens} />}
        {wishes.tokens === 0 ? null : <Line name={say.wishes} tokens={wishes.tokens} />}
        {memories.length === 0 ? null : (
          <Line name={say.memories} tokens={sumTokens(memories)}>
            <Names names={memories.map(({ key, text, tokens }) => ({ key, words: text, tokens }))} />
          </Line>
        )}
        <Line name={say.tools} {...(tools.length === 0 ? { lead: say.none } : { tokens: sumTokens(tools) })}>
          <Names names={tools.map(({ name, tokens }) => ({ key: name, words: name, tokens, isCode: true }))} />
        </Line>
        {call === undefined ? null : (
          <Line name={say.approvedCall}>
            <code className="font-mono text-[0.8125rem]">{call.name}</code>
          </Line>
        )}
      </Lines>
      <p className="mt-2 text-xs text-soft">{say.estimates}</p>
    </>
  )
}

function Lines({ children }: { children: ReactNode }) {
  return <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(8rem,auto)_1fr]">{children}</dl>
}

type LineProps = { name: string; lead?: ReactNode; tokens?: number; children?: ReactNode }

function Line({ name, lead, tokens, children }: LineProps) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="mb-1 min-w-0 wrap-anywhere tabular-nums sm:mb-0">
        {lead}
        {tokens === undefined ? null : <span className="text-soft"> {countOf(tokens)}</span>}
        {children}
      </dd>
    </>
  )
}

type Name = { key: string; words: string; tokens: number; isCode?: boolean }

function Names({ names }: { names: readonly Name[] }) {
  if (names.length === 0) return null
  return (
    <ul>
      {names.map(({ key, words, tokens, isCode = false }) => (
        <li key={key} dir="auto">
          <span className={isCode ? 'font-mono text-[0.8125rem]' : undefined}>{words}</span>{' '}
          <span className="text-xs text-soft">{countOf(tokens)}</span>
        </li>
      ))}
    </ul>
  )
}

function turnsWords({ messages, truncated }: Inspection['history']): string {
  return say.turnsOf(messages) + (truncated ? ` (${say.truncated})` : '')
}

const countOf = (tokens: number) => say.tokenCount(tokens.toLocaleString())
const sumTokens = (parts: readonly { tokens: number }[]) => parts.reduce((sum, { tokens }) => sum + tokens, 0)
