// Code into coloured pieces, by Shiki's grammars and themes. For a worker, which may take its time.
import { createHighlighterCore, type GrammarState, type ThemedToken } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { bundledLanguages } from 'shiki/langs'
import githubDark from 'shiki/themes/github-dark-default.mjs'
import githubLight from 'shiki/themes/github-light-high-contrast.mjs'
import { type ColourQuestion, type Colours, plainColours } from './colours.ts'

/**
 * Shiki gives a line half a second, after which it takes the colour it has come to. A slow device takes longer for its first line, since
 * the grammar is made ready meanwhile.
 */
const LINE_MS = 10_000
/** Blocks that are being written side by side. */
const MOST_BEGUN = 4

/** The whole lines of a block that is being written: only what comes after them is coloured anew. */
interface Begun {
  language: string
  code: string
  lines: ThemedToken[][]
  state: GrammarState | undefined
}

type Language = keyof typeof bundledLanguages
const isLanguage = (name: string): name is Language => Object.hasOwn(bundledLanguages, name)

export type Tokenize = (question: ColourQuestion) => Promise<Colours>

/** A language that is unknown stays plain. Rejects when a grammar cannot be fetched. */
export function createTokenizer(): Tokenize {
  const starting = createHighlighterCore({
    themes: [githubLight, githubDark],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
  let begun: Begun[] = []

  return async ({ code, language, isIncomplete }) => {
    const lang = language.trim().toLowerCase()
    if (!isLanguage(lang)) return plainColours(code)
    const highlighter = await starting
    await highlighter.loadLanguage(bundledLanguages[lang])

    const tokenize = (text: string, state: GrammarState | undefined) =>
      highlighter.codeToTokens(text, {
        lang,
        themes: { light: githubLight, dark: githubDark },
        tokenizeTimeLimit: LINE_MS,
        ...(state ? { grammarState: state } : {}),
      })
    const known = begun.find((one) => one.language === lang && code.startsWith(one.code))
    let { code: whole, lines, state }: Omit<Begun, 'language'> = known ?? { code: '', lines: [], state: undefined }
    const end = code.lastIndexOf('\n') + 1
    if (end > whole.length) {
      const more = tokenize(code.slice(whole.length, end - 1), state)
      lines = [...lines, ...more.tokens]
      state = more.grammarState
      whole = code.slice(0, end)
    }
    begun = begun.filter((one) => one !== known)
    if (isIncomplete && whole !== '')
      begun = [{ language: lang, code: whole, lines, state }, ...begun].slice(0, MOST_BEGUN)
    return { tokens: [...lines, ...tokenize(code.slice(whole.length), state).tokens].map(bare) }
  }
}

/** What is drawn of it: text, and colours by day and by night. */
const bare = (line: ThemedToken[]) => line.map(({ content, htmlStyle = {} }) => ({ content, htmlStyle }))
