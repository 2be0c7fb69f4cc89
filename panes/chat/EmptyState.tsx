// Before the first message: what this chat does that others do not, and prompts that show it, on the local model too. What is still going
// on elsewhere comes first: that is what somebody who returns looks for.
import { Hourglass, type LucideIcon, MessageCircleQuestion, MoonStar } from 'lucide-react'
import type { ReactNode } from 'react'
import { strings } from '../../components/strings.ts'

const say = strings.empty
type Prompt = (typeof say.prompts)[number]
const icons: Record<Prompt['kind'], LucideIcon> = { leaves: MoonStar, waits: Hourglass, asks: MessageCircleQuestion }

type EmptyStateProps = {
  choose: (prompt: string) => void
  /** The threads that still run or wait. */
  children?: ReactNode
}

export function EmptyState({ choose, children }: EmptyStateProps) {
  return (
    <section className="@container my-auto pb-4">
      <h2 className="font-serif text-[2rem] leading-tight font-semibold tracking-[-0.015em] text-balance @lg:text-[2.6rem]">
        {say.title}
      </h2>
      <p className="mt-2.5 max-w-[36rem] text-soft text-pretty @lg:mt-3 @lg:text-[1.0625rem]">{say.lead}</p>
      {children}
      <h3 className="mt-6 text-sm font-medium text-soft @lg:mt-8">{say.promptsTitle}</h3>
      <ul className="mt-2 grid gap-2 @lg:grid-cols-3 @lg:gap-2.5">
        {say.prompts.map((prompt) => (
          <li key={prompt.kind}>
            <PromptButton {...prompt} choose={choose} />
          </li>
        ))}
      </ul>
      <ul className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-sm text-soft">
        {say.also.map((words) => (
          <li key={words} className="flex items-center gap-2 before:size-1 before:rounded-full before:bg-lamp">
            {words}
          </li>
        ))}
      </ul>
    </section>
  )
}

function PromptButton({ kind, name, prompt, about, choose }: Prompt & { choose: (prompt: string) => void }) {
  const Icon = icons[kind]
  return (
    <button
      type="button"
      onClick={() => choose(prompt)}
      className="group flex size-full items-start gap-3 rounded-2xl border border-line bg-raised p-3 text-left transition-colors hover:border-lamp @lg:flex-col @lg:gap-2.5 @lg:p-4"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-full bg-lamp-wash text-lamp">
        <Icon size={18} aria-hidden="true" />
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="font-medium">{name}</span>
        <span className="text-sm leading-snug text-soft text-pretty">{about}</span>
        <span className="mt-1.5 font-mono text-[0.8125rem] leading-snug text-ink wrap-anywhere group-hover:text-lamp @lg:mt-2.5">
          {prompt}
        </span>
      </span>
    </button>
  )
}
