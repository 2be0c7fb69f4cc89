import { createServer, type RequestListener, type Server } from 'node:http'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FetchPageOptions, fetchPage } from './fetchPage.ts'
import { mayLeadTo } from './pageAddress.ts'
import { MOST_BYTES } from './readBody.ts'
import { isPublicAddress } from './resolvePublic.ts'

const seen: string[] = []
const html = { 'content-type': 'text/html; charset=utf-8' }
const packed =
  (encoding: string, bytes: Buffer): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { ...html, 'content-encoding': encoding }).end(bytes)
  }
const redirect =
  (location: string): RequestListener =>
  (_request, response) => {
    response.writeHead(302, { location }).end()
  }

/** What the server does at each path. */
const pages: Record<string, RequestListener> = {
  '/page': (_request, response) => response.writeHead(200, html).end('<title>Hi</title>'),
  '/gzip': packed('gzip', gzipSync('packed')),
  '/deflate': packed('deflate', deflateSync('packed')),
  '/br': packed('br', brotliCompressSync('packed')),
  '/zstd': packed('zstd', Buffer.from('packed')),
  '/no-gzip': packed('gzip', Buffer.from('this is not gzip')),
  '/bomb': packed('gzip', gzipSync(Buffer.alloc(200 * 1024 * 1024))),
  '/bombs-in-a-bomb': packed('gzip, gzip', gzipSync(gzipSync(Buffer.alloc(1_000_000)))),
  '/huge': (_request, response) => {
    response.writeHead(200, html)
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.on('drain', more)
    more()
  },
  '/drip': (_request, response) => {
    response.writeHead(200, html)
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  },
  '/silent': () => undefined,
  '/cut': (_request, response) => {
    response.writeHead(200, { ...html, 'content-length': '1000' })
    response.write('half')
    setTimeout(() => response.destroy(), 10)
  },
  '/binary': (_request, response) => response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x'),
  '/picture': (_request, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('x'),
  '/json': (_request, response) => response.writeHead(200, { 'content-type': 'application/ld+json' }).end('{"a":1}'),
  '/missing': (_request, response) => response.writeHead(404, html).end('no'),
  '/locked': (_request, response) => response.writeHead(401, html).end('no'),
  '/relative': redirect('/page#part'),
  '/loop': redirect('/loop'),
  '/to-file': redirect('file:///etc/passwd'),
  '/to-user': redirect('http://root:secret@example.com/'),
  '/to-port': redirect('http://example.com:22/'),
  '/nowhere': redirect('http://'),
}

let server: Server
let other: Server
let port = 0
let otherPort = 0
const listen = (one: Server) =>
  new Promise<number>((resolve) => {
    one.listen(0, '127.0.0.1', () => {
      const address = one.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.headers.host}${request.url}`)
    const page = pages[request.url ?? '']
    if (page) page(request, response)
    else response.writeHead(200, html).end('unexpected')
  })
  other = createServer((_request, response) => response.end('the secret of another server'))
  port = await listen(server)
  otherPort = await listen(other)
  pages['/to-other'] = redirect(`http://127.0.0.1:${otherPort}/`)
  pages['/to-name'] = redirect('http://inside.example/')
})
afterAll(() => {
  for (const one of [server, other]) {
    one.closeAllConnections()
    one.close()
  }
})

const allowed = () => new Set([`127.0.0.1:${port}`])
const fetchIt = (address: string, over: Partial<FetchPageOptions> = {}) =>
  fetchPage(address, { allow: allowed(), signal: new AbortController().signal, ...over })
const local = (path: string, over: Partial<FetchPageOptions> = {}) => fetchIt(`http://127.0.0.1:${port}${path}`, over)
const textOf = async (page: Promise<{ bytes: Buffer }>) => (await page).bytes.toString()

describe('a page', () => {
  it('comes with its address and type', async () => {
    expect(await local('/page')).toMatchObject({
      finalUrl: `http://127.0.0.1:${port}/page`,
      contentType: 'text/html; charset=utf-8',
      truncated: false,
    })
    expect(await textOf(local('/json'))).toBe('{"a":1}')
  })

  it.each(['/gzip', '/deflate', '/br'])('is unpacked: %s', async (path) => {
    expect(await textOf(local(path))).toBe('packed')
  })

  it('is followed where it leads, without the part after #', async () => {
    expect((await local('/relative')).finalUrl).toBe(`http://127.0.0.1:${port}/page`)
  })

  it('is looked up once, and that answer is where we connect', async () => {
    const asked: string[] = []
    const resolve = async (name: string) => {
      asked.push(name)
      return [{ address: '127.0.0.1' }]
    }
    const allow = new Set([`wiki.example:${port}`])
    expect(await textOf(fetchIt(`http://wiki.example:${port}/page`, { allow, resolve }))).toContain('Hi')
    expect(asked).toEqual(['wiki.example'])
    expect(seen.at(-1)).toBe(`wiki.example:${port}/page`)
  })
})

describe('what is too much', () => {
  it.each(['/huge', '/bomb'])('is cut at two megabytes, without holding more: %s', async (path) => {
    const before = process.memoryUsage().rss
    const page = await local(path)
    expect(page.truncated).toBe(true)
    expect(page.bytes).toHaveLength(MOST_BYTES)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  it.each(['/drip', '/silent'])('ends when its time is up: %s', async (path) => {
    await expect(local(path, { timeMs: 200 })).rejects.toThrow('did not come within 0.2 seconds')
  })

  it('a name that is never found ends then, too', async () => {
    const resolve = () => new Promise<never>(() => undefined)
    await expect(fetchIt('http://slow.example/', { resolve, timeMs: 100 })).rejects.toThrow('did not come within')
  })

  it('a stop ends it at once', async () => {
    const stop = new AbortController()
    const reading = local('/drip', { signal: stop.signal })
    stop.abort(new Error('stopped by the person'))
    await expect(reading).rejects.toThrow('stopped by the person')
  })
})

describe('what is no page', () => {
  it.each([
    ['/missing', 'status 404'],
    ['/locked', 'status 401'],
    ['/binary', 'no text but application/octet-stream'],
    ['/picture', 'no text but image/png'],
    ['/zstd', 'not understood: zstd'],
    ['/bombs-in-a-bomb', 'not understood: gzip, gzip'],
    ['/no-gzip', 'could not be reached'],
    ['/cut', 'could not be reached'],
    ['/loop', 'more than 5 times'],
    ['/nowhere', 'no address of a page'],
  ])('is said to be none: %s', async (path, words) => {
    await expect(local(path)).rejects.toThrow(words)
  })
})

describe('what lies in our own network', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://０x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://0/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://172.16.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://localhost/',
    'http://localhost./',
    'http://LOCALHOST:80/',
  ])('is not read: %s', async (address) => {
    await expect(fetchIt(address)).rejects.toThrow(/not on the public internet|could not be reached/)
  })

  it.each([
    ['ftp://example.com/', 'Only http and https'],
    ['file:///etc/passwd', 'Only http and https'],
    ['javascript:alert(1)', 'Only http and https'],
    ['http://user:secret@example.com/', 'name or password'],
    ['http://user@example.com/', 'name or password'],
    ['http://example.com:22/', 'ports 80 and 443'],
    ['http://127.0.0.1:1/', 'ports 80 and 443'],
    ['not an address', 'no address'],
    [`http://example.com/${'x'.repeat(3_000)}`, 'no address'],
  ])('nor is what only looks like a page: %s', async (address, words) => {
    await expect(fetchIt(address)).rejects.toThrow(words)
  })

  it.each([
    ['/to-file', 'Only http and https'],
    ['/to-user', 'name or password'],
    ['/to-port', 'ports 80 and 443'],
    ['/to-other', 'ports 80 and 443'],
  ])('nor by a page that leads there: %s', async (path, words) => {
    await expect(local(path)).rejects.toThrow(words)
  })

  it('nor when a page of the internet leads to what the operator allows to be read by itself', () => {
    const allow = new Set(['wiki.example:80', 'wiki.example:443'])
    const lead = (from: string, to: string) => mayLeadTo(new URL(from), new URL(to), allow)
    expect(lead('http://wiki.example/', 'https://wiki.example/')).toBe(true)
    expect(lead('http://wiki.example/', 'https://public.example/')).toBe(true)
    expect(lead('http://public.example/', 'https://public.example/')).toBe(true)
    expect(lead('http://public.example/', 'http://wiki.example/')).toBe(false)
    expect(lead('http://wiki.example:8080/', 'http://wiki.example/')).toBe(false)
  })

  it('nor when one of several answers to a name lies there', async () => {
    const resolve = async () => [{ address: '93.184.215.14' }, { address: '127.0.0.1' }]
    await expect(fetchIt('http://two.example/', { resolve })).rejects.toThrow('not on the public internet')
  })

  it('nor by a name that answers otherwise the second time it is asked', async () => {
    const answers = ['127.0.0.1', '192.0.2.1']
    let asked = 0
    const resolve = async () => {
      asked += 1
      return [{ address: answers[asked - 1] ?? '192.0.2.1' }]
    }
    const allow = new Set([`turncoat.example:${port}`])
    const before = seen.length
    await fetchIt(`http://turncoat.example:${port}/page`, { allow, resolve })
    // It was asked once, and the connection went to what was checked.
    expect(asked).toBe(1)
    expect(seen.slice(before)).toEqual([`turncoat.example:${port}/page`])
  })

  it('nor by a name that is public for a first page and private for the page it leads to', async () => {
    let asked = 0
    const resolve = async () => {
      asked += 1
      return [{ address: '127.0.0.1' }]
    }
    const allow = new Set([`first.example:${port}`])
    await expect(fetchIt(`http://first.example:${port}/to-name`, { allow, resolve })).rejects.toThrow(
      'inside.example is not on the public internet',
    )
    expect(asked).toBe(2)
  })
})

describe('an address of the internet', () => {
  it.each(['8.8.8.8', '93.184.215.14', '2606:4700::1111', '2a00:1450:4001:80b::200e'])('is public: %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.100.100.200',
    '127.0.0.1',
    '168.63.129.16',
    '169.254.169.254',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.0.1',
    '198.18.0.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::7f00:1',
    '4000::1',
    '::ffff:8.8.8.8',
    '::ffff:0:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'example.com',
    '',
  ])('is not public: %j', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})
