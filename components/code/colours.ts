// What the page and the worker that colours code say to each other.
import type { HighlightResult } from 'streamdown'

export interface ColourQuestion {
  code: string
  /** As the fence names it, which is a model's word. */
  language: string
  /** Still being written: the next question about it is on its way. */
  isIncomplete: boolean
}

/** Lines of pieces; one that has no colour of its own has no style. */
export type Colours = Pick<HighlightResult, 'tokens'>

export type NumberedQuestion = ColourQuestion & { id: number }
export type NumberedAnswer = Colours & { id: number }

/** By day, by night. Their colours keep a contrast of 4.5 on our grounds; the library's own light theme does not. */
export const themes: [string, string] = ['github-light-high-contrast', 'github-dark-default']

export const plainColours = (code: string): Colours => ({ tokens: code.split('\n').map((line) => [{ content: line }]) })
