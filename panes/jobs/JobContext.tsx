// What went into a reply: earlier messages, summary, facts, instructions and tools, with the tokens of each.
import type { FunctionReturnType } from 'convex/server'
import type { ReactNode } from 'react'
import { jobsStrings } from '../../components/strings/jobs.ts'
import type { api } from '../../convex/_generated/api.js'
import { Line, Lines } from './JobFacts.tsx'
import { JobSection } from './JobSection.tsx'

export type ContextData = NonNullable<FunctionReturnType<typeof api.jobs.context>>

const say = jobsStrings.context

/** Null: nothing was noted. Undefined: on its way. */
export function JobContext({ context }: { context: ContextData | null | undefined }) {
  return (
    <JobSection title={say.title}>
      {context === undefined ? <p className="text-soft">{say.loading}</p> : null}
      {context === null ? <p className="text-soft">{say.nothingNoted}</p> : null}
      {context ? <WentIn context={context} /> : null}
    </JobSection>
  )
}

function WentIn({ context: { history, summary, memories, wishes, tools, call } }: { context: ContextData }) {
  return (
    <>
      <Lines>
        <Counted name={say.turns} tokens={history.tokens} lead={turnsWords(history)} />
        {summary === null ? null : <Counted name={say.summary} tokens={summary.tokens} />}
        {wishes.tokens === 0 ? null : <Counted name={say.wishes} tokens={wishes.tokens} />}
        {memories.length === 0 ? null : (
          <Counted name={say.memories} tokens={sumTokens(memories)}>
            <Names names={memories.map(({ key, text, tokens }) => ({ key, words: text, tokens }))} />
          </Counted>
        )}
        <Counted name={say.tools} {...(tools.length === 0 ? { lead: say.none } : { tokens: sumTokens(tools) })}>
          <Names names={tools.map(({ name, tokens }) => ({ key: name, words: name, tokens, isCode: true }))} />
        </Counted>
        {call === undefined ? null : (
          <Line name={say.approvedCall}>
            <code className="font-mono text-[0.8125rem]">{call.name}</code>
          </Line>
        )}
      </Lines>
      <p className="text-xs text-soft">{say.estimates}</p>
    </>
  )
}

type CountedProps = { name: string; lead?: ReactNode; tokens?: number; children?: ReactNode }

function Counted({ name, lead, tokens, children }: CountedProps) {
  return (
    <Line name={name}>
      {lead}
      {tokens === undefined ? null : <span className="text-soft"> {countOf(tokens)}</span>}
      {children}
    </Line>
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

function turnsWords({ messages, truncated }: ContextData['history']): string {
  return say.turnsOf(messages) + (truncated ? ` (${say.truncated})` : '')
}

const countOf = (tokens: number) => say.tokenCount(tokens.toLocaleString())
const sumTokens = (parts: readonly { tokens: number }[]) => parts.reduce((sum, { tokens }) => sum + tokens, 0)
