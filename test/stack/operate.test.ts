/** What whoever runs the product sees: its health while a part is away, and the life of a message. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PartName, root } from '../../local/stack/createStack.ts'
import type { Person } from '../support/person.ts'
import { type Product, startProduct } from '../support/startProduct.ts'
import { until } from '../support/until.ts'

let product: Product
let person: Person
beforeAll(async () => {
  product = await startProduct()
  person = await product.person('Ada')
}, 120_000)
afterAll(() => product.close())

interface Health {
  status: string
  parts: Record<string, { status: string; ms: number; detail?: string }>
}

async function readHealth(): Promise<{ code: number; health: Health }> {
  const response = await fetch(`${product.app}/api/health`)
  return { code: response.status, health: await response.json() }
}

const downOf = ({ parts }: Health) => Object.keys(parts).filter((name) => parts[name]?.status !== 'ok')

describe('npm run trace', () => {
  async function trace(messageId: string): Promise<{ code: number; stdout: string }> {
    const child = spawn(process.execPath, [join(root, 'scripts', 'trace.ts'), messageId], {
      cwd: root,
      env: { ...process.env, DATA_DIR: product.stack.dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
    return { code, stdout }
  }

  it('tells the hops of a message in the order of time, with its run, its tries and the calls of the model', async () => {
    const chat = product.chat(person)
    const { record, landed } = chat.send('fail 1 times then say hello')
    await landed
    const [, reply] = await chat.settled(2)
    const { code, stdout } = await trace(record.messageId)
    expect(code).toBe(0)
    expect(stdout).toContain(record.messageId)
    expect(stdout).toContain(reply?.inngestJobId)
    expect(stdout).toContain(reply?.turnId)
    const places = [
      'chat/message.sent',
      'turn saved',
      'processing',
      'prepare',
      'model-0',
      'first text',
      'completed',
    ].map((word) => [word, stdout.indexOf(word)] as const)
    expect(places.filter(([, at]) => at < 0)).toEqual([])
    expect(stdout).toContain('try 2')
    expect(stdout).toMatch(/failed/)
    expect((await trace(reply?.messageId ?? '')).stdout).toContain(reply?.turnId)
  })

  it('says that nobody knows an id', async () => {
    const { code, stdout } = await trace(crypto.randomUUID())
    expect(code).toBe(1)
    expect(stdout).toContain('Nobody knows')
  })
})

describe('GET /api/health', () => {
  it('is 200 with every part while all serve', async () => {
    const { code, health } = await until('all serve', async () => {
      const read = await readHealth()
      return read.code === 200 && read
    })
    expect(code).toBe(200)
    expect(Object.keys(health.parts).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'app',
      'clerk',
      'convex',
      'inngest',
      'model',
    ])
    expect(downOf(health)).toEqual([])
  })

  it.each(['model', 'inngest', 'convex', 'clerk'] as const)(
    'is 503 and names %s while that is away, without a secret',
    async (name: PartName) => {
      const part = product.stack.parts.get(name)
      await part?.stop()
      const { health } = await until(`${name} is said to be down`, async () => {
        const read = await readHealth()
        return read.code === 503 && read
      })
      expect(downOf(health)).toEqual([name])
      expect(health.parts[name]?.detail).toMatch(/\w/)
      expect(JSON.stringify(health)).not.toMatch(/sk_|signkey|127\.0\.0\.1|localhost/)
      part?.start()
      await until(`${name} is said to serve again`, async () => (await readHealth()).code === 200)
    },
  )
})
