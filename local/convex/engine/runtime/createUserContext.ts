/** A fresh vm context for one version of the app's code. Not a security boundary: the code is the developer's own. */
import vm from 'node:vm'
import { type Hooks, sharedGlobals } from './userGlobals.ts'

/** Runs inside the context, so that dates and errors it makes are of the context's own realm. */
const prelude = `(hooks, env) => {
  const RealDate = Date
  function PatchedDate(...args) {
    if (!new.target) return new RealDate(hooks.now()).toString()
    return Reflect.construct(RealDate, args.length === 0 ? [hooks.now()] : args, new.target)
  }
  PatchedDate.prototype = RealDate.prototype
  RealDate.prototype.constructor = PatchedDate
  PatchedDate.now = () => hooks.now()
  PatchedDate.UTC = RealDate.UTC
  PatchedDate.parse = RealDate.parse
  Object.defineProperty(PatchedDate, 'length', { value: 7 })
  Object.defineProperty(PatchedDate, 'name', { value: 'Date' })
  globalThis.Date = PatchedDate
  Math.random = () => hooks.random()
  globalThis.performance = { now: () => hooks.now(), timeOrigin: 0 }
  const rethrow = (error) => {
    if (typeof error !== 'object' || error === null || error instanceof Error || error.name === 'AbortError') throw error
    throw new (error.name === 'TypeError' ? TypeError : Error)(error.message, { cause: error.cause })
  }
  globalThis.fetch = async (...args) => {
    hooks.requireAction('fetch()')
    try { return await hooks.fetch(...args) } catch (error) { return rethrow(error) }
  }
  // What the engine throws is made anew here, so that the app's \`instanceof Error\` knows it.
  const host = globalThis.Convex
  const local = (call) => (...args) => {
    try { return call(...args) } catch (error) { throw new Error(error.message) }
  }
  globalThis.Convex = { syscall: local(host.syscall), asyncSyscall: host.asyncSyscall, jsSyscall: local(host.jsSyscall) }
  // A timer that throws must not take the server down.
  const guarded = (call) => (...args) => {
    try { return call(...args) } catch (error) { hooks.log('ERROR', ['Uncaught in a timer', error]) }
  }
  const { hostSetTimeout, hostSetInterval } = globalThis
  delete globalThis.hostSetTimeout
  delete globalThis.hostSetInterval
  globalThis.setTimeout = (call, ...args) => { hooks.requireAction('setTimeout'); return hostSetTimeout(guarded(call), ...args) }
  globalThis.setInterval = (call, ...args) => { hooks.requireAction('setInterval'); return hostSetInterval(guarded(call), ...args) }
  globalThis.setImmediate = (...args) => { hooks.requireAction('setImmediate'); return hostSetTimeout(guarded(args[0]), 0, ...args.slice(1)) }
  const write = (level) => (...values) => hooks.log(level, values)
  globalThis.console = {
    debug: write('DEBUG'), info: write('INFO'), log: write('LOG'), warn: write('WARN'), error: write('ERROR'),
    trace: write('LOG'), dir: write('LOG'), table: write('LOG'),
    assert: (ok, ...values) => { if (!ok) hooks.log('ERROR', ['Assertion failed', ...values]) },
    time() {}, timeEnd() {}, timeLog() {}, group: write('LOG'), groupEnd() {}, count() {}, countReset() {},
  }
  globalThis.process = { env: Object.freeze({ ...env }) }
  globalThis.self = globalThis
}`

export function createUserContext(hooks: Hooks, env: Readonly<Record<string, string>>): vm.Context {
  const context = vm.createContext({ ...sharedGlobals }, { name: 'convex functions' })
  const install = vm.runInContext(prelude, context, { filename: 'convex-prelude.js' }) as (
    hooks: Hooks,
    env: Readonly<Record<string, string>>,
  ) => void
  install(hooks, env)
  return context
}
