/** Refuses a body that is no JSON before the SDK sees it: the SDK parses first and checks the signature after, and would answer 500. */
import { NextRequest } from 'next/server'

type Handle = (request: NextRequest, context: unknown) => Promise<Response>

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** An empty body is the SDK's own to refuse. */
export function requireJson(handle: Handle): Handle {
  return async (request, context) => {
    const body = await request.text()
    if (body !== '' && !isJson(body)) {
      return Response.json({ error: 'This address is for Inngest; the body of a call is JSON.' }, { status: 400 })
    }
    const { url, method, headers } = request
    return handle(new NextRequest(url, { method, headers, body }), context)
  }
}
