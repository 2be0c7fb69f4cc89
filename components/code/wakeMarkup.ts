// Brings what the server has drawn to life without drawing it again: its code can be copied, and gets its colours. The names are those of
// Streamdown's markup.
import { copyText } from '../copyText.ts'
import { strings } from '../strings.ts'
import { whenIdle } from '../whenIdle.ts'
import { colour } from './codeColours.ts'
import type { Colours } from './colours.ts'

const BLOCK = '[data-streamdown="code-block"]'
const COPY = '[data-streamdown="code-block-copy-button"]'
/** A line, and a piece of it. */
const LINE = 'pre > code > span'
const SAY_COPIED_MS = 2_000

/** Returns the way to stop. */
export function wakeMarkup(element: HTMLElement): () => void {
  element.addEventListener('click', onClick)
  const colourAll = () => {
    for (const block of element.querySelectorAll<HTMLElement>(BLOCK)) colourBlock(block)
  }
  const cancel = whenIdle(colourAll)
  return () => {
    element.removeEventListener('click', onClick)
    cancel()
  }
}

function linesOf(block: HTMLElement): HTMLElement[] {
  return [...block.querySelectorAll<HTMLElement>(LINE)]
}

/** An empty line is drawn as a line break. */
const codeOf = (lines: readonly HTMLElement[]) =>
  lines.map(({ textContent }) => (textContent === '\n' ? '' : textContent)).join('\n')

function colourBlock(block: HTMLElement): void {
  const question = {
    code: codeOf(linesOf(block)),
    language: block.dataset['language'] ?? '',
    isIncomplete: false,
  }
  const draw = (colours: Colours) => drawColours(linesOf(block), colours)
  const known = colour(question, draw)
  if (known !== undefined) draw(known)
}

function drawColours(lines: readonly HTMLElement[], { tokens }: Colours): void {
  lines.forEach((line, at) => {
    const [piece] = line.children
    const pieces = tokens[at] ?? []
    // The text is what counts: colours of anything else are not taken.
    if (piece === undefined || pieces.map(({ content }) => content).join('') !== line.textContent) return
    line.replaceChildren(
      ...pieces.map(({ content, htmlStyle = {} }) => {
        const span = document.createElement('span')
        span.className = piece.className
        span.textContent = content
        for (const [name, value] of Object.entries(htmlStyle)) {
          span.style.setProperty(name === 'color' ? '--sdm-c' : name, value)
        }
        return span
      }),
    )
  })
}

function onClick({ target }: Event): void {
  const button = target instanceof Element ? target.closest(COPY) : null
  const block = button?.closest<HTMLElement>(BLOCK)
  if (!button || !block) return
  copyText(`${codeOf(linesOf(block))}\n`).then(
    () => sayCopied(button),
    (cause: unknown) => console.warn('Nothing was copied.', cause),
  )
}

/** To eyes and ears, as the button does that is drawn here. */
function sayCopied(button: Element): void {
  const icon = button.querySelector('svg')
  if (!icon || button.nextElementSibling?.tagName === 'OUTPUT') return
  const drawn = [...icon.childNodes]
  const check = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  check.setAttribute('d', 'M20 6 9 17l-5-5')
  icon.replaceChildren(check)
  const said = document.createElement('output')
  said.className = 'sr-only'
  said.ariaLive = 'polite'
  said.textContent = strings.actions.copied
  button.after(said)
  setTimeout(() => {
    icon.replaceChildren(...drawn)
    said.remove()
  }, SAY_COPIED_MS)
}
