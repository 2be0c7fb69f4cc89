/** Colours the worker has given: what is drawn again has them at once, what is being written keeps those it has until the next come. Pure. */
import { type ColourQuestion, type Colours, plainColours } from './colours.ts'

/** Blocks. */
const MOST_SETTLED = 100
/** Blocks that are being written side by side. */
const MOST_RUNNING = 8

type Kept = Omit<ColourQuestion, 'isIncomplete'> & { colours: Colours }

export interface ColourStore {
  keep(question: ColourQuestion, colours: Colours): void
  find(question: ColourQuestion): Colours | undefined
  /** The colours of how it began, and the rest plain. */
  guess(question: ColourQuestion): Colours
}

export function createColourStore(): ColourStore {
  const settled = new Map<string, Colours>()
  let running: Kept[] = []
  const keyOf = ({ language, code }: ColourQuestion) => `${language}\n${code}`
  const beginsWith = ({ language, code }: ColourQuestion, kept: Kept) =>
    kept.language === language && code.startsWith(kept.code)
  return {
    keep(question, colours) {
      const others = running.filter((kept) => !beginsWith(question, kept))
      if (question.isIncomplete) {
        running = [{ ...question, colours }, ...others].slice(0, MOST_RUNNING)
        return
      }
      running = others
      settled.set(keyOf(question), colours)
      for (const [oldest] of settled) {
        if (settled.size <= MOST_SETTLED) break
        settled.delete(oldest)
      }
    },
    find(question) {
      const key = keyOf(question)
      const found = settled.get(key)
      if (found === undefined) return
      // The one longest unused is the first to go.
      settled.delete(key)
      settled.set(key, found)
      return found
    },
    guess(question) {
      const begun = running
        .filter((kept) => beginsWith(question, kept))
        .toSorted((a, b) => b.code.length - a.code.length)[0]
      return begun === undefined ? plainColours(question.code) : goOn(begun, question.code)
    },
  }
}

function goOn({ code, colours }: Kept, longer: string): Colours {
  const [sameLine = [], ...lines] = plainColours(longer.slice(code.length)).tokens
  const last = colours.tokens.at(-1) ?? []
  return { tokens: [...colours.tokens.slice(0, -1), [...last, ...sameLine], ...lines] }
}
