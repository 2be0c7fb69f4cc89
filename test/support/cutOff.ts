/** Cuts a device off from everything that a message needs, while pages still load: an outbox that lasts over a reload. */
import type { BrowserContext, Request } from 'playwright-core'

/** The server action that sends. Clerk has actions of its own, which are not meant. */
export const isSendAction = (request: Request): boolean =>
  request.headers()['next-action'] !== undefined && (request.postData() ?? '').includes('messageId')

const isSend = (request: Request): boolean =>
  isSendAction(request) || (request.method() === 'POST' && new URL(request.url()).pathname === '/api/messages')

/** Every try to send goes through here; returns what was let through, and the way to let it. */
export async function cutOffSends(context: BrowserContext): Promise<{ restore: () => void; passed: string[] }> {
  let isCut = true
  const passed: string[] = []
  await context.route('**/*', async (route) => {
    const request = route.request()
    if (!isSend(request)) return route.fallback()
    if (isCut) return route.abort('internetdisconnected')
    passed.push(request.postData() ?? '')
    return route.fallback()
  })
  return {
    restore: () => {
      isCut = false
    },
    passed,
  }
}
