// /chat is a new chat, /chat/<id> is that thread, ?panes= what is beside it (panes/workspace/paneRoute.ts). The page comes with what is
// known of the open threads; the workspace changes them by itself from here on, without the server.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { strings } from '../../../../components/strings.ts'
import { isPaneEntry, parseLayout } from '../../../../panes/workspace/paneRoute.ts'
import { Workspace } from '../../../../panes/workspace/Workspace.tsx'
import { readSights } from './readSights.ts'

type Props = {
  params: Promise<{ threadId?: string[] }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Once for the title and the page. The key is text, since objects would not be the same twice. */
const readOnce = cache((threadIds: string) => readSights(threadIds.split(',').filter(Boolean)))

async function readPage({ params, searchParams }: Props) {
  const [{ threadId: segments = [] }, { panes }] = await Promise.all([params, searchParams])
  const [entry, ...rest] = segments
  if (rest.length > 0 || (entry !== undefined && !isPaneEntry(entry))) notFound()
  const search = typeof panes === 'string' ? new URLSearchParams({ panes }).toString() : ''
  const layout = parseLayout(entry === undefined ? '/chat' : `/chat/${entry}`, search, '')
  const threadIds = layout.panes.flatMap((pane) => (pane.kind === 'thread' ? [pane.threadId] : []))
  return { first: layout.panes[0], sights: await readOnce(threadIds.join()) }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { first, sights } = await readPage(props)
  if (first?.kind !== 'thread') return { title: strings.threads.newChat }
  const title = sights.find(({ threadId }) => threadId === first.threadId)?.title ?? ''
  return title === '' ? {} : { title }
}

export default async function ChatPage(props: Props) {
  const { sights } = await readPage(props)
  return <Workspace sights={sights} />
}
