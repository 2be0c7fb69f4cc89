// Colours code, in a worker: the grammars and what runs them never hold the page up, and a text that a grammar is slow with only
// waits for its colours. It gets text and gives text: what it says is drawn as text, never as HTML.
import { code } from '@streamdown/code'
import type { CodeHighlighterPlugin, HighlightResult } from 'streamdown'
import { type NumberedAnswer, type NumberedQuestion, themes } from './colours.ts'

/** In Streamdown's own types, which take any text for a language. */
const plugin: CodeHighlighterPlugin = code

addEventListener('message', ({ data }: MessageEvent<NumberedQuestion>) => {
  const { id, ...question } = data
  const answer = ({ tokens }: HighlightResult) => {
    const bare = tokens.map((line) => line.map(({ content, htmlStyle = {} }) => ({ content, htmlStyle })))
    postMessage({ id, tokens: bare } satisfies NumberedAnswer)
  }
  // What it has coloured before it gives back; else it answers later. A grammar that cannot be loaded it logs, and the code stays plain.
  const known = plugin.highlight({ ...question, themes }, answer)
  if (known) answer(known)
})
