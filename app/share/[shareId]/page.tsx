// A chat that somebody has shared: for anyone who has the link, drawn by the server, without a sign-in and without its code.
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { shareStrings } from '../../../components/strings/share.ts'
import { strings } from '../../../components/strings.ts'
import { readShare } from '../../../lib/share/readShare.ts'
import { SharedChat } from '../../../panes/share/SharedChat.tsx'

const say = shareStrings.page

type Props = { params: Promise<{ shareId: string }>; searchParams: Promise<{ from?: string | string[] }> }

async function read({ params, searchParams }: Props) {
  const [{ shareId }, { from }] = await Promise.all([params, searchParams])
  const shared = await readShare(shareId, Array.isArray(from) ? from[0] : from)
  if (shared === null) notFound()
  return { shareId, shared, isFirst: from === undefined }
}

/** A preview of the link says what it is called, and nothing of what was written. The address itself is the secret: it goes nowhere else. */
export async function generateMetadata(props: Props): Promise<Metadata> {
  const { shared } = await read(props)
  const title = shared.title === '' ? say.untitled : shared.title
  return {
    title,
    description: say.about,
    robots: { index: false, follow: false, noarchive: true },
    referrer: 'no-referrer',
    openGraph: { title, description: say.about, siteName: strings.product, type: 'article' },
    twitter: { card: 'summary', title, description: say.about },
  }
}

export default async function SharePage(props: Props) {
  const { shareId, shared, isFirst } = await read(props)
  return <SharedChat shareId={shareId} shared={shared} isFirst={isFirst} />
}
