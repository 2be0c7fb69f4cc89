// Asks the worker for colours. One worker for the page, from the first question on.
import {
  type ColourQuestion,
  type Colours,
  type NumberedAnswer,
  type NumberedQuestion,
  plainColours,
} from './colours.ts'

type Hear = (colours: Colours) => void

/** Null: this browser, or what lies between it and us, does not let it run. */
let worker: Worker | null | undefined
let lastId = 0
const open = new Map<number, { code: string; hear: Hear }>()

export function askColours(question: ColourQuestion, hear: Hear): void {
  if (worker === undefined) worker = startWorker()
  if (worker === null) {
    hear(plainColours(question.code))
    return
  }
  lastId += 1
  open.set(lastId, { code: question.code, hear })
  worker.postMessage({ id: lastId, ...question } satisfies NumberedQuestion)
}

function startWorker(): Worker | null {
  try {
    const started = new Worker(new URL('./highlight.worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<NumberedAnswer>) => {
      open.get(data.id)?.hear({ tokens: data.tokens })
      open.delete(data.id)
    })
    // Its code is not to be had (a tab from before a deploy, offline): not asked again, the next page tries anew.
    started.addEventListener('error', (event) => giveUp(started, event.message))
    return started
  } catch (cause) {
    console.warn('Code stays without colours: this browser starts no worker.', cause)
    return null
  }
}

function giveUp(failed: Worker, cause: string): void {
  console.warn('Code stays without colours in this tab: the worker for it has failed.', cause)
  failed.terminate()
  worker = null
  for (const { code, hear } of open.values()) hear(plainColours(code))
  open.clear()
}
