/** Prose of an exact length: the same n always gives the same n words, one token each, in sentences and paragraphs. */
const vocabulary =
  'the night shift keeps working while the city sleeps and every lamp along the harbour burns for someone who has already gone home ' +
  'a letter started in the evening is finished before dawn because the desk remembers where the pen was put down ' +
  'trains arrive on time when nobody is watching and the ledger closes without a missing line'
const words = vocabulary.split(' ')

const SENTENCE_LENGTHS = [9, 14, 11, 17, 8]
const SENTENCES_PER_PARAGRAPH = 5

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

export function writeWords(count: number): string[] {
  const tokens: string[] = []
  let sentence = 0
  let inSentence = 0
  for (let index = 0; index < count; index++) {
    const word = words[index % words.length] ?? ''
    const isFirst = inSentence === 0
    const isLast =
      inSentence === (SENTENCE_LENGTHS[sentence % SENTENCE_LENGTHS.length] ?? 10) - 1 || index === count - 1
    const startsParagraph = isFirst && sentence > 0 && sentence % SENTENCES_PER_PARAGRAPH === 0
    const space = index === 0 ? '' : startsParagraph ? '\n\n' : ' '
    tokens.push(space + (isFirst ? capitalized(word) : word) + (isLast ? '.' : ''))
    inSentence++
    if (isLast) {
      sentence++
      inSentence = 0
    }
  }
  return tokens
}
