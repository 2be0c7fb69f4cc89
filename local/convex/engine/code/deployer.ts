/** Activates code: bundle, evaluate, apply the schema, swap. What fails leaves the old version in force. */
import type { Deployment, DeployReport } from '../backend.ts'
import type { EngineState } from '../engineState.ts'
import { createHooks, type Hooks } from '../runtime/userGlobals.ts'
import { applySchema } from '../store/applySchema.ts'
import { readAuthProviders, readSchema } from './analyze.ts'
import { type Bundle, bundleFolder, describeBuildFailure, messageOf } from './bundle.ts'
import { installHostGlobal, loadModules } from './loadModules.ts'
import { createVersion, type LoadedVersion, loadBundle } from './loadVersion.ts'
import { watchSources } from './watchSources.ts'

type Load = (env: Record<string, string>, id: number) => LoadedVersion

export class Deployer {
  private readonly state: EngineState
  private readonly hooks: Hooks
  private readonly activated: () => void
  private readonly listeners = new Set<() => void>()
  private readonly stops = new Set<() => void>()
  private env: Record<string, string> = {}
  /** How to make the current version again, for another environment. */
  private load: Load | null = null
  private lastBundle = ''
  private lastInputs: string[] = []
  private versions = 0
  private queue: Promise<unknown> = Promise.resolve()

  constructor(state: EngineState, activated: () => void) {
    this.state = state
    this.activated = activated
    this.hooks = createHooks(() => state.clock.now(), state.log)
  }

  deployFromFolder(dir: string): Promise<DeployReport> {
    return this.oneByOne(async () => (await this.bundleAndActivate(dir)).report)
  }

  deployModules(deployment: Deployment): Promise<DeployReport> {
    return this.oneByOne(() =>
      this.guarded(async () => {
        installHostGlobal()
        const modules = await loadModules(deployment.modules)
        const schema = readSchema(deployment.schema ?? modules['schema']?.['default'])
        const providers = readAuthProviders(deployment.authConfig)
        this.activate((env, id) => ({ schema, version: createVersion(id, modules, providers, env) }))
      }),
    )
  }

  /** Deploys whenever a source changes: the folder's, and those it imports from elsewhere in the project. */
  watchFolder(dir: string): () => void {
    const watcher = watchSources(dir, this.state.log, () => {
      const work = async () => {
        const { report, inputs } = await this.bundleAndActivate(dir)
        if (inputs) watcher.setInputs(inputs)
        if (report.ok) this.state.log.info('deployed', { functions: report.functions.length, ms: report.durationMs })
      }
      this.oneByOne(work).catch((error: unknown) => this.state.log.error('deploy-failed', { message: String(error) }))
    })
    watcher.setInputs(this.lastInputs)
    const stop = () => {
      watcher.close()
      this.stops.delete(stop)
    }
    this.stops.add(stop)
    return stop
  }

  setEnvironment(env: Record<string, string>): void {
    if (JSON.stringify(env) === JSON.stringify(this.env)) return
    const before = this.env
    this.env = { ...env }
    if (!this.load) return
    try {
      this.activate(this.load)
    } catch (error) {
      this.env = before
      this.state.log.error('environment-refused', { message: messageOf(error) })
    }
  }

  onDeployed(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  close(): void {
    for (const stop of [...this.stops]) stop()
  }

  private async bundleAndActivate(dir: string): Promise<{ report: DeployReport; inputs: string[] | null }> {
    let inputs: string[] | null = null
    const report = await this.guarded(async () => {
      const bundle = await bundleFolder(dir)
      inputs = bundle.inputs
      this.lastInputs = inputs
      const text = textOf(bundle)
      if (text === this.lastBundle) return
      this.activate((env, id) => loadBundle(bundle, env, this.hooks, id))
      this.lastBundle = text
    })
    return { report, inputs }
  }

  private activate(load: Load): void {
    const { state } = this
    const { version, schema } = load(this.env, ++this.versions)
    applySchema(state.store, '', schema)
    state.version = version
    this.load = load
    this.lastBundle = ''
    this.activated()
    for (const listener of this.listeners) listener()
  }

  private async guarded(work: () => Promise<void>): Promise<DeployReport> {
    // Real time: this is shown to a person, it decides nothing.
    const startedAt = performance.now()
    let message: string | undefined
    try {
      await work()
    } catch (error) {
      message = describeBuildFailure(error)
      this.state.log.error('deploy-refused', { message })
    }
    return {
      ok: message === undefined,
      ...(message === undefined ? {} : { message }),
      functions: [...(this.state.version?.functions.keys() ?? [])].sort((a, b) => (a < b ? -1 : 1)),
      durationMs: Math.round(performance.now() - startedAt),
    }
  }

  private oneByOne<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work)
    this.queue = result.catch(() => {})
    return result
  }
}

function textOf({ functions, node, authConfig }: Bundle): string {
  return [functions, node, authConfig].map((script) => script?.code ?? '').join('\n\0')
}
