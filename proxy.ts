/**
 * The sign-in check that every request passes (Next's name for it is "proxy"). It also serves Clerk's browser API on our own
 * origin, when `NEXT_PUBLIC_CLERK_PROXY_URL` is `/__clerk`. Values are read when a request comes: one build serves every environment.
 */
import { type ClerkMiddlewareOptions, clerkMiddleware, createRouteMatcher } from '@clerk/nextjs/server'
import { type NextFetchEvent, type NextRequest, NextResponse } from 'next/server'
import { isKeyOutOfPlace } from './lib/clerk/isKeyOutOfPlace.ts'
import { requireEnv } from './lib/env.ts'

const isPrivatePage = createRouteMatcher([
  '/',
  '/chat(.*)',
  '/inbox(.*)',
  '/schedules(.*)',
  '/settings(.*)',
  '/jobs(.*)',
])
/** Where Clerk's browser API is served when it goes through us. Written out in `config` below as well. */
const PROXY_PATH = '/__clerk'

/** `CLERK_SECRET_KEY` stays in the environment: passed here, Clerk would want a key to encrypt it with. */
function clerkOptions(): ClerkMiddlewareOptions {
  const env = requireEnv()
  const proxyUrl = env.NEXT_PUBLIC_CLERK_PROXY_URL
  return {
    publishableKey: env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
    signInUrl: env.NEXT_PUBLIC_CLERK_SIGN_IN_URL,
    signUpUrl: env.NEXT_PUBLIC_CLERK_SIGN_UP_URL,
    authorizedParties: env.APP_ORIGIN,
    frontendApiProxy: { enabled: proxyUrl === PROXY_PATH },
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(env.CLERK_JWT_KEY === undefined ? {} : { jwtKey: env.CLERK_JWT_KEY }),
  }
}

/** For anyone, signed in or not: Clerk is not asked. These pages are outside app/(person). */
const isOpenPage = createRouteMatcher(['/share/(.*)', '/goodbye'])

/** Pages only. Actions and `/api/messages` say "signed out" themselves, in words the outbox understands; a redirect would lose the message. */
const withClerk = clerkMiddleware(async (auth, request) => {
  if (request.method !== 'GET' || !isPrivatePage(request)) return
  const { userId, redirectToSignIn } = await auth()
  if (userId === null) redirectToSignIn()
}, clerkOptions)

export default function proxy(request: NextRequest, event: NextFetchEvent) {
  const host = request.headers.get('host') ?? ''
  if (isKeyOutOfPlace(requireEnv().NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY, host)) {
    const message = `This Clerk key was made by this machine for itself and does not serve "${host}". Use keys of the real Clerk here.`
    return new NextResponse(message, { status: 421 })
  }
  if (isOpenPage(request)) return NextResponse.next()
  return withClerk(request, event)
}

export const config = {
  matcher: [
    // Everything but static files and the addresses that check their callers in their own way (signatures), or are open (health).
    '/((?!_next/|api/health|api/inngest|api/webhooks/|__clerk/|[^?]*\\.(?:html?|css|js(?!on)|jpe?g|webp|png|gif|svg|ttf|woff2?|ico|csv|docx?|xlsx?|zip|webmanifest)).*)',
    // Clerk's bundles end in .js and must pass.
    '/__clerk/(.*)',
  ],
}
