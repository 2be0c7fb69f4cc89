'use client'
// Streamdown with our choices. A model's text is untrusted: HTML is sanitized, images are not fetched, links open apart and
// carry nothing along.
import type { ComponentProps } from 'react'
import { useDeferredValue, useEffect, useState } from 'react'
import { defaultRehypePlugins, type PluginConfig, Streamdown } from 'streamdown'
import { focusableCode } from './focusableCode.ts'
import type { MarkdownProps } from './Markdown.tsx'
import { strings } from './strings.ts'

const fence = /^ {0,3}(?:```|~~~)/m

export default function MarkdownBody({ text, isRunning }: MarkdownProps) {
  // What is being written is drawn when nothing more urgent is: a key that is pressed comes before it.
  const deferred = useDeferredValue(text)
  const plugins = useHighlighter(fence.test(text))
  return (
    <Streamdown
      className="prose-reply"
      mode="streaming"
      isAnimating={isRunning}
      parseIncompleteMarkdown={isRunning}
      plugins={plugins}
      rehypePlugins={rehypePlugins}
      components={components}
      controls={controls}
      linkSafety={linkSafety}
      lineNumbers={false}
      codeBlockMaxHeight={0}
      tableMaxHeight={0}
      translations={translations}
    >
      {isRunning ? deferred : text}
    </Streamdown>
  )
}

const rehypePlugins = [...Object.values(defaultRehypePlugins), focusableCode]

const noPlugins: PluginConfig = {}
let loaded: PluginConfig | undefined

/** Highlighting comes only with the first fence; code is readable before it, with the same line height. */
function useHighlighter(isNeeded: boolean): PluginConfig {
  const [plugins, setPlugins] = useState(loaded ?? noPlugins)
  useEffect(() => {
    if (!isNeeded || plugins !== noPlugins) return
    let isMounted = true
    loadHighlighter()
      .then((next) => isMounted && setPlugins(next))
      .catch((cause: unknown) =>
        console.warn('Code stays without colours: the highlighter could not be loaded.', cause),
      )
    return () => {
      isMounted = false
    }
  }, [isNeeded, plugins])
  return plugins
}

async function loadHighlighter(): Promise<PluginConfig> {
  const { createCodePlugin } = await import('@streamdown/code')
  // Their colours keep a contrast of 4.5 on our grounds; the plugin's own light theme does not.
  loaded ??= { code: createCodePlugin({ themes: ['github-light-high-contrast', 'github-dark-default'] }) }
  return loaded
}

const controls = { table: false, code: { copy: true, download: false }, mermaid: false, image: false }
const linkSafety = { enabled: false }
const translations = { copyCode: strings.markdown.copyCode, copied: strings.actions.copied }

const components = {
  /** An image in a reply would be fetched at once, from anywhere, with whatever its address gives away. A link waits to be pressed. */
  img: ({ src, alt }: ComponentProps<'img'>) => (
    <SafeLink href={typeof src === 'string' ? src : ''}>{alt || strings.markdown.image}</SafeLink>
  ),
  a: ({ href, children }: ComponentProps<'a'>) => <SafeLink href={href}>{children}</SafeLink>,
  table: ({ children }: ComponentProps<'table'>) => <ScrollingTable>{children}</ScrollingTable>,
}

/** A table wider than the column scrolls by itself, so a keyboard must reach it. */
function ScrollingTable({ children }: { children: React.ReactNode }) {
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
      <table className="w-full border-collapse">{children}</table>
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
