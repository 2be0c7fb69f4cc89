// Colours code, in a worker: the grammars and what runs them never hold the page up, and a text that a grammar is slow with only
// waits for its colours. It gets text and gives text: what it says is drawn as text, never as HTML.
import { type NumberedAnswer, type NumberedQuestion, plainColours } from './colours.ts'
import { createTokenizer } from './createTokenizer.ts'

const tokenize = createTokenizer()

addEventListener('message', ({ data: { id, ...question } }: MessageEvent<NumberedQuestion>) => {
  const answer = ({ tokens }: Omit<NumberedAnswer, 'id'>) => postMessage({ id, tokens } satisfies NumberedAnswer)
  tokenize(question).then(answer, (cause: unknown) => {
    console.warn(`Code stays plain: the grammar for “${question.language}” is not to be had.`, cause)
    answer(plainColours(question.code))
  })
})
