'use client'
// What a reply says, as Markdown: with the page, not after it. A model's text is untrusted here as everywhere.
import MarkdownBody from '../../components/MarkdownBody.tsx'

export function SharedText({ text }: { text: string }) {
  return <MarkdownBody text={text} isRunning={false} />
}
