// The colours of code, for what Streamdown draws and for what the server has drawn.
import type { CodeHighlighterPlugin } from 'streamdown'
import { askColours } from './askColours.ts'
import { createColourStore } from './colourStore.ts'
import { type ColourQuestion, type Colours, themes } from './colours.ts'

const store = createColourStore()

/** What is known already, else undefined; then `hear` is called when they are here. */
export function colour(question: ColourQuestion, hear: (colours: Colours) => void): Colours | undefined {
  const known = store.find(question)
  if (known !== undefined) return known
  askColours(question, (colours) => {
    store.keep(question, colours)
    hear(colours)
  })
  return
}

/** In Streamdown's terms. It shows what it was told last until it is told more: what is being written must not wait for its colours. */
export const highlighter: CodeHighlighterPlugin = {
  name: 'shiki',
  type: 'code-highlighter',
  getThemes: () => themes,
  // The worker knows; what it does not know it leaves plain.
  supportsLanguage: () => true,
  getSupportedLanguages: () => [],
  highlight({ code, language, isIncomplete = false }, hear = () => {}) {
    const question = { code, language, isIncomplete }
    return colour(question, hear) ?? (isIncomplete ? store.guess(question) : null)
  },
}
