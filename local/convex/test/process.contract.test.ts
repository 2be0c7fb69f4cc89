// The backend as a process: killed, restarted on the same data, its environment changed under it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConvexClient, ConvexHttpClient } from 'convex/browser'
import { expect, onTestFinished, test } from 'vitest'
import { cells } from './api.ts'
import { clientOptions } from './clients.ts'
import { ADMIN_KEY, createServiceSigner, functionsDir, SERVICE_ISSUER } from './startTestServer.ts'
import { until } from './until.ts'

const main = join(import.meta.dirname, '../main.ts')

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

interface Setting {
  url: string
  dir: string
  envFile: string
  functions: string
  start(): Promise<ChildProcess>
}

async function prepare(): Promise<Setting> {
  const dir = mkdtempSync(join(tmpdir(), 'nightshift-convex-'))
  const functions = join(dir, 'convex')
  cpSync(functionsDir, functions, { recursive: true })
  // The copied functions import `convex/server`.
  symlinkSync(join(import.meta.dirname, '../../../node_modules'), join(dir, 'node_modules'))
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true })
  })
  const [port, sitePort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const envFile = join(dir, 'env.json')
  writeFileSync(envFile, '{}')
  const env = {
    ...process.env,
    CONVEX_PORT: String(port),
    CONVEX_SITE_PORT: String(sitePort),
    CONVEX_DATA: join(dir, 'data'),
    CONVEX_FUNCTIONS: functions,
    CONVEX_FUNCTION_ENV: envFile,
    CONVEX_ADMIN_KEY: ADMIN_KEY,
    LOG_LEVEL: 'info',
  }
  async function start(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      output += String(chunk)
    })
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The backend ended: ${output}`)
      const response = await fetch(`${url}/health`).catch(() => null)
      if (response?.status === 200) return child
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { url, dir, envFile, functions, start }
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit')
  child.kill(signal)
  const [code] = await exited
  return code
}

test('[SY17] killed with mutations outstanding and restarted on the same data, each of them happened exactly once', async () => {
  const setting = await prepare()
  const child = await setting.start()
  const client = new ConvexClient(setting.url, clientOptions)
  onTestFinished(() => client.close())
  const seen: number[] = []
  client.onUpdate(cells.get, { name: 'n' }, (value: number) => seen.push(value))
  await client.mutation(cells.increment, { name: 'n' })
  const rest = Promise.all(Array.from({ length: 60 }, () => client.mutation(cells.increment, { name: 'n' })))
  await until('some of them to be done', () => (seen.at(-1) ?? 0) > 5)
  await kill(child, 'SIGKILL')
  await setting.start()
  const results = await rest
  expect([...results].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 2))
  await until('the last value', () => seen.at(-1) === 61, 20_000)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
})

test('SIGTERM ends the process cleanly, exit code 0, with clients connected', async () => {
  const setting = await prepare()
  const child = await setting.start()
  const client = new ConvexClient(setting.url, clientOptions)
  onTestFinished(() => client.close())
  await client.mutation(cells.increment, { name: 'n' })
  expect(await kill(child, 'SIGTERM')).toBe(0)
})

test('a changed environment file takes effect without a restart, and a broken one changes nothing', async () => {
  const setting = await prepare()
  await setting.start()
  const signer = await createServiceSigner()
  const client = new ConvexHttpClient(setting.url, { logger: false })
  client.setAuth(await signer.sign('ada'))
  await expect(client.query(cells.who, {})).rejects.toThrow(/NoAuthProvider/)
  writeFileSync(setting.envFile, JSON.stringify({ SERVICE_ISSUER, SERVICE_JWKS: signer.jwks }))
  let subject: string | undefined
  await until('the new environment', () => {
    client.query(cells.who, {}).then(
      (identity) => {
        subject = identity?.subject
      },
      () => {},
    )
    return subject
  })
  writeFileSync(setting.envFile, '{ broken')
  expect(await client.query(cells.who, {})).toMatchObject({ subject: 'ada' })
})

test('changed functions take effect without a restart or a lost socket', async () => {
  const setting = await prepare()
  await setting.start()
  const client = new ConvexClient(setting.url, clientOptions)
  onTestFinished(() => client.close())
  const seen: unknown[] = []
  client.onUpdate(cells.echo, { value: 1 }, (value: unknown) => seen.push(value))
  await until('the first value', () => seen.length === 1)
  const file = join(setting.functions, 'cells.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace('(_ctx, { value }) => value', "() => 'reloaded'"))
  await until('the new result', () => seen.at(-1) === 'reloaded')
  expect(client.connectionState().connectionCount).toBe(1)
})

test('functions that cannot be loaded end the start with one line that says why', async () => {
  const setting = await prepare()
  writeFileSync(join(setting.functions, 'broken.ts'), 'export const oops = (')
  await expect(setting.start()).rejects.toThrow(/start-failed.*broken\.ts/s)
})

test('functions that break while it runs leave the old ones in force', async () => {
  const setting = await prepare()
  await setting.start()
  const client = new ConvexHttpClient(setting.url, { logger: false })
  const file = join(setting.functions, 'cells.ts')
  const good = readFileSync(file, 'utf8')
  writeFileSync(file, 'export const oops = (')
  expect(await client.query(cells.echo, { value: 1 })).toBe(1)
  writeFileSync(file, good.replace('(_ctx, { value }) => value', "() => 'mended'"))
  let latest: unknown
  await until('the mended functions', () => {
    client.query(cells.echo, { value: 1 }).then(
      (value) => {
        latest = value
      },
      () => {
        latest = 'failed'
      },
    )
    expect(latest).not.toBe('failed')
    return latest === 'mended'
  })
})
