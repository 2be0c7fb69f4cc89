// Copies the last reply or the last code of the chat that has the focus, and says so: nothing on the page was pressed.
import { shortcutStrings } from '../../components/strings/shortcuts.ts'
import { copyLastCode, copyLastReply } from '../chat/copyLast.ts'
import { showNotice } from '../notices/showNotice.ts'

const say = shortcutStrings

export async function copyFromThread(threadId: string, what: 'reply' | 'code'): Promise<void> {
  const copied = await (what === 'reply' ? copyLastReply(threadId) : copyLastCode(threadId))
  const words = {
    copied: what === 'reply' ? say.copiedReply : say.copiedCode,
    nothing: what === 'reply' ? say.noReply : say.noCode,
    'not-open': what === 'reply' ? say.noReply : say.noCode,
    failed: say.copyFailed,
  }[copied]
  showNotice('copied', { tone: copied === 'failed' ? 'bad' : 'quiet', words, shownMs: SAY_MS })
}

/** It only confirms. */
const SAY_MS = 3_000
