'use client'
// Streamdown with our choices. A model's text is untrusted: HTML is sanitized, images are not fetched, links open apart and
// carry nothing along.
import { Check, Copy } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useDeferredValue } from 'react'
import { defaultRehypePlugins, Streamdown } from 'streamdown'
import { highlighter } from './code/codeColours.ts'
import { focusableCode } from './focusableCode.ts'
import { holdTable } from './holdTable.ts'
import type { MarkdownProps } from './Markdown.tsx'
import { strings } from './strings.ts'
import { tableColumns } from './tableColumns.ts'

export default function MarkdownBody({ text, isRunning }: MarkdownProps) {
  // What is being written is drawn when nothing more urgent is: a key that is pressed comes before it.
  const deferred = useDeferredValue(text)
  return (
    <Streamdown
      className="prose-reply"
      // Of each block: a reply may quote another language.
      dir="auto"
      mode="streaming"
      isAnimating={isRunning}
      parseIncompleteMarkdown={isRunning}
      plugins={plugins}
      icons={icons}
      rehypePlugins={rehypePlugins}
      components={components}
      controls={controls}
      linkSafety={linkSafety}
      lineNumbers={false}
      codeBlockMaxHeight={0}
      tableMaxHeight={0}
      translations={translations}
    >
      {isRunning ? holdTable(deferred) : text}
    </Streamdown>
  )
}

const rehypePlugins = [...Object.values(defaultRehypePlugins), focusableCode, tableColumns]

const plugins = { code: highlighter }
/** Those of the other copy buttons. */
const icons = { CopyIcon: Copy, CheckIcon: Check }
const controls = { table: false, code: { copy: true, download: false }, mermaid: false, image: false }
const linkSafety = { enabled: false }
const translations = { copyCode: strings.markdown.copyCode, copied: strings.actions.copied }

const components = {
  /** An image in a reply would be fetched at once, from anywhere, with whatever its address gives away. A link waits to be pressed. */
  img: ({ src, alt }: ComponentProps<'img'>) => (
    <SafeLink href={typeof src === 'string' ? src : ''}>{alt || strings.markdown.image}</SafeLink>
  ),
  a: ({ href, children }: ComponentProps<'a'>) => <SafeLink href={href}>{children}</SafeLink>,
  table: ({ style, children }: ComponentProps<'table'>) => <ScrollingTable style={style}>{children}</ScrollingTable>,
}

/** A table wider than the column scrolls by itself, so a keyboard must reach it. */
function ScrollingTable({ style, children }: ComponentProps<'table'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      role="group"
      aria-label={strings.markdown.table}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      data-streamdown="table-wrapper"
      className="thin-scroll"
    >
      <table className="w-full table-fixed border-collapse" style={style}>
        {children}
      </table>
    </div>
  )
}

function SafeLink({ href = '', children }: { href?: string | undefined; children: React.ReactNode }) {
  if (!/^(https?:|mailto:|#)/i.test(href)) return <span>{children}</span>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {children}
    </a>
  )
}
