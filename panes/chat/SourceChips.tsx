// The pages a reply has its words from, as chips below it. They open apart, and are told nothing of where one comes from.
import { strings } from '../../components/strings.ts'
import type { Source } from './sourcesOf.ts'

export function SourceChips({ sources }: { sources: readonly Source[] }) {
  if (sources.length === 0) return null
  return (
    <ul aria-label={strings.sources} className="mt-3 flex flex-wrap gap-1.5">
      {sources.map(({ href, host, title }) => (
        <li key={href} className="max-w-full min-w-0">
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            referrerPolicy="no-referrer"
            title={href}
            className="flex min-h-8 max-w-80 items-center gap-2 rounded-full border border-line bg-raised px-3 text-xs transition-colors hover:bg-hover pointer-coarse:min-h-11"
          >
            <span className="max-w-44 shrink-0 truncate font-medium text-ink">{host}</span>
            {title === '' ? null : <bdi className="min-w-0 truncate text-soft">{title}</bdi>}
          </a>
        </li>
      ))}
    </ul>
  )
}
