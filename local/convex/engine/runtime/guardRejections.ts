/** A promise that the app's code forgot must not take the server down. */
import type { Log } from '../../../kernel/log.ts'

/**
 * Errors of the app's code are of its context's realm, so they are not `instanceof` the host's `Error`: these are logged.
 * A rejection of our own code is a bug and still ends the process.
 */
export function guardRejections(log: Log): () => void {
  const handle = (reason: unknown) => {
    const isOwn = reason instanceof Error
    const message = typeof reason === 'object' && reason !== null && 'message' in reason ? reason.message : reason
    log.error('unhandled-rejection', { message: String(message), from: isOwn ? 'engine' : 'functions' })
    if (isOwn) throw reason
  }
  process.on('unhandledRejection', handle)
  return () => process.off('unhandledRejection', handle)
}
