import { describe, expect, it } from 'vitest'
import { describePage } from './readPage/describePage.ts'
import { extractArticle } from './readPage/extractArticle.ts'
import { htmlToText } from './readPage/htmlToText.ts'
import { readPage } from './readPage.ts'

const page = (body: string | Buffer, contentType = 'text/html', over = {}) =>
  describePage('https://a.example/start', {
    finalUrl: 'https://a.example/end',
    contentType,
    bytes: Buffer.from(body),
    truncated: false,
    ...over,
  })

const story = 'Owls hunt by ear, at night, over fields and along hedges, and hardly ever miss what they hear. '
const article = `<!doctype html><html><head><title>Owls &amp; mice</title><meta property="og:site_name" content="Field Notes"></head>
<body><nav><a href="/">Home</a> <a href="/x">Subscribe now</a></nav><article><h1>Owls</h1><h2>How they hunt</h2>
<p>${story.repeat(4)}</p><ul><li>by ear</li><li>by eye</li></ul><p>${story.repeat(4)}</p></article>
<footer>Cookies and more</footer><script>alert('no')</script></body></html>`

describe('a page in words', () => {
  it('is its article with title and source, without what stands around it', () => {
    const { text, ...rest } = page(article)
    expect(rest).toEqual({
      url: 'https://a.example/start',
      finalUrl: 'https://a.example/end',
      title: 'Owls & mice',
      source: 'Field Notes (a.example)',
      truncated: false,
    })
    expect(text).toContain('## How they hunt')
    expect(text).toContain('- by ear')
    expect(text).toContain(story.trim())
    for (const noise of ['Subscribe', 'Cookies', 'alert']) expect(text).not.toContain(noise)
  })

  it('is all its text where there is no article', () => {
    const list = `<title>Menu</title><div>Soup</div><table><tr><td>Bread</td><td>2 €</td></tr></table><p>1 &lt; 2 &#x1F989; &bogus;</p>`
    expect(page(list)).toMatchObject({
      title: 'Menu',
      source: 'a.example',
      text: 'Soup\n\nBread 2 €\n\n1 < 2 🦉 &bogus;',
    })
  })

  it('is at most twenty thousand characters long, and says that there was more', () => {
    const long = page(article.replace(story.repeat(4), story.repeat(1_000)))
    expect(long.text).toHaveLength(20_000)
    expect(long.truncated).toBe(true)
    expect(page('short', 'text/plain', { truncated: true }).truncated).toBe(true)
  })

  it.each([
    ['text/html; charset=iso-8859-1', Buffer.from('<p>caf\xe9</p>', 'latin1'), 'café'],
    ['text/html', Buffer.from('<meta charset="shift_jis"><p>\x83e\x83X\x83g</p>', 'latin1'), 'テスト'],
    ['application/xml', Buffer.from('<?xml version="1.0" encoding="windows-1252"?>\n<a>\x80 5</a>', 'latin1'), '€ 5'],
    ['text/plain', Buffer.from('\ufeffhi', 'utf16le'), 'hi'],
    ['text/plain; charset=made-up', Buffer.from('grün'), 'grün'],
    ['application/json', Buffer.from('{"a":"ü"}'), '{"a":"ü"}'],
  ])('is read in its character set: %s', (type, bytes, text) => {
    expect(page(bytes, type).text).toContain(text)
  })

  it('that is no text is refused', () => {
    expect(() => page(Buffer.from([0x25, 0x50, 0, 0, 1, 2]))).toThrow('no text')
  })

  it('hides nothing: what people cannot see is not told either', () => {
    const hidden = `a\u200Bb\u202Ec\u{E0041}\u{E0042}d\u0007`
    expect(page(hidden, 'text/plain').text).toBe('abcd')
  })

  it.each([
    ['nested', '<div>'.repeat(200_000)],
    ['angles', '<'.repeat(2_000_000)],
    ['comments', '<!--'.repeat(500_000)],
    ['open tags', '<a '.repeat(600_000)],
    ['entities', '&amp;'.repeat(400_000)],
    ['scripts', '<script>'.repeat(250_000)],
    ['quotes', '<a href="'.repeat(200_000)],
    ['images', '<img src=x>'.repeat(150_000)],
    ['spaces', `<p>${' \n'.repeat(1_000_000)}x`],
  ])('is read however it is built: %s', (_name, body) => {
    // What hangs is seen by the test's own time limit.
    expect(extractArticle(`<title>t</title>${body}`, 300)).toMatchObject({ title: 't' })
  })

  it('is told from its tags, and a sign that is none', () => {
    expect(htmlToText('a <b>bold</b> word, 1 < 2, a<3, <!-- not > this --> x<br>y <a title="a > b">z</a>')).toBe(
      'a bold word, 1 < 2, a<3, x\ny z',
    )
  })
})

describe('whether the person is asked', () => {
  const asks = (url: string, ...personTexts: string[]) => readPage.mustAsk({ url }, { personTexts })

  it.each([
    ['https://a.example/x', 'read https://a.example/x please'],
    ['https://a.example/x', 'read https://a.example/x.'],
    ['https://a.example/x', '(see https://a.example/x), or not'],
    ['https://a.example/x#part', 'https://A.example/x#other'],
    ['https://a.example/', 'what is on https://a.example?'],
    ['https://a.example/', 'what is on a.example?'],
    ['http://a.example/p?q=1', 'look at a.example/p?q=1!'],
    ['https://en.wikipedia.org/wiki/Owl_(bird)', 'https://en.wikipedia.org/wiki/Owl_(bird)'],
    ['https://xn--bcher-kva.example/', 'schau auf bücher.example nach'],
    ['https://a.example:443/x', '**https://a.example/x**'],
  ])('not for %s, since they wrote: %s', (url, text) => {
    expect(asks(url, 'something else', text)).toBe(false)
  })

  it.each([
    ['https://a.example/x?stolen=secret', 'read https://a.example/x'],
    ['https://a.example/xy', 'read https://a.example/x'],
    ['https://a.example/x', 'read https://a.example/xy'],
    ['https://sub.a.example/', 'read https://a.example/'],
    ['https://a.example.evil.example/', 'read https://a.example/'],
    ['https://evil.example/', 'mail me@evil.example'],
    ['https://a.example/x', ''],
  ])('for %s, since they only wrote: %s', (url, text) => {
    expect(asks(url, text)).toBe(true)
  })

  it('quickly, also when they wrote nothing but brackets', () => {
    const start = performance.now()
    asks('https://a.example/', `https://${')'.repeat(32_000)}`, 'a.'.repeat(16_000), 'a-'.repeat(16_000))
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('with the whole address, as it will be asked for', () => {
    expect(readPage.summarize({ url: 'HTTPS://EXAMPLE.com:443/a b#c' })).toBe(
      'Read the page https://example.com/a%20b.',
    )
    expect(() => readPage.check({ url: 'file:///etc/passwd' })).toThrow('http or https')
  })
})
