/** Which port each part listens on: all follow from the app's, so that two copies can run side by side. */
import { createServer } from 'node:net'
import { StackError } from './stackError.ts'

export interface Ports {
  web: number
  clerk: number
  convex: number
  convexSite: number
  inngest: number
  model: number
}

export function computePorts(web: number): Ports {
  return { web, clerk: web + 1510, convex: web + 210, convexSite: web + 211, inngest: web + 5288, model: web + 1400 }
}

/** How far a part that may move looks for a free port. */
const MOST_MOVES = 200
const HIGHEST_PORT = 65_535

const takenSentence = (what: string, port: number, hint: string) =>
  new StackError(`Port ${port}, which ${what} needs, is in use by another program. ${hint}`)

/**
 * The app's and Clerk's ports are fixed (addresses that people and tokens hold); Convex, Inngest and the model move up
 * to the next free port when theirs is taken.
 */
export async function choosePorts(web: number, isFree: (port: number) => Promise<boolean>): Promise<Ports> {
  const wanted = computePorts(web)
  if (!(await isFree(wanted.web))) {
    throw takenSentence('the app', wanted.web, 'Stop that program, or set PORT to another number.')
  }
  if (!(await isFree(wanted.clerk))) {
    const why = 'It is part of the issuer of every sign-in, so it cannot move.'
    throw takenSentence('the local Clerk', wanted.clerk, `${why} Stop that program, or set PORT to another number.`)
  }
  const given = new Set([wanted.web, wanted.clerk])

  async function findFrom(first: number, count: number): Promise<number> {
    for (let port = first; port < Math.min(first + MOST_MOVES, HIGHEST_PORT - count); port++) {
      const range = Array.from({ length: count }, (_, index) => port + index)
      const answers = await Promise.all(range.map(async (each) => !given.has(each) && (await isFree(each))))
      if (answers.every(Boolean)) {
        for (const each of range) given.add(each)
        return port
      }
    }
    throw new StackError(`No free port between ${first} and ${first + MOST_MOVES}. Set PORT to another number.`)
  }

  const convex = await findFrom(wanted.convex, 2)
  const inngest = await findFrom(wanted.inngest, 1)
  const model = await findFrom(wanted.model, 1)
  return { web, clerk: wanted.clerk, convex, convexSite: convex + 1, inngest, model }
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
      // No IPv6 on this machine: then nobody holds the port there either.
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(true)
      else reject(error)
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Free on both loopback addresses: `localhost` may mean either. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))
}

/**
 * A base for tests: below the range from which the system takes ports for outgoing connections, so that no part's port
 * is snatched between this check and its start.
 */
export async function findFreeBase(random: () => number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const base = 10_000 + Math.floor(random() * 16_000)
    const free = await Promise.all(Object.values(computePorts(base)).map(isPortFree))
    if (free.every(Boolean)) return base
  }
  throw new StackError('Found no free ports between 10000 and 31500. Stop some other programs.')
}
