// Before the first message: what this chat does that others do not, and prompts that show it on the local model.
import { strings } from '../../components/strings.ts'

export function EmptyState({ choose }: { choose: (prompt: string) => void }) {
  const { title, lead, promptsTitle, prompts } = strings.empty
  return (
    <section className="my-auto pt-6 pb-10">
      <h2 className="font-serif text-[2rem] leading-tight font-semibold tracking-[-0.015em] text-balance sm:text-[2.6rem]">
        {title}
      </h2>
      <p className="mt-4 max-w-[34rem] text-[1.0625rem] text-soft text-pretty">{lead}</p>
      <h3 className="mt-10 text-sm font-medium text-soft">{promptsTitle}</h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {prompts.map(({ prompt, about }) => (
          <li key={prompt}>
            <button
              type="button"
              onClick={() => choose(prompt)}
              className="group flex min-h-14 w-full flex-col items-start justify-center gap-x-6 px-1 py-3 text-left transition-colors hover:bg-hover/60 sm:flex-row sm:items-center sm:justify-start sm:px-3"
            >
              <span className="font-mono text-[0.9375rem] text-ink group-hover:text-lamp sm:w-72 sm:shrink-0">
                {prompt}
              </span>
              <span className="text-sm text-soft">{about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
