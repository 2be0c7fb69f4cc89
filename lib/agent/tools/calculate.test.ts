import { describe, expect, it } from 'vitest'
import { functions } from './calculate/functions.ts'
import { calculate } from './calculate.ts'
import { toolContext } from './test/toolContext.ts'

const run = (expression: string) => calculate.run({ expression }, toolContext())
const nines = '9'.repeat(300)

describe('a calculation', () => {
  it.each([
    ['0.1 + 0.2', '0.3'],
    ['123456789 * 987654321', '121932631112635269'],
    ['2^100', '1267650600228229401496703205376'],
    ['2 ** -2', '0.25'],
    ['-2^2', '-4'],
    ['2(3 + 4)', '14'],
    ['7 mod 3', '1'],
    ['-7 % 3', '2'],
    ['200 + 10%', '220'],
    ['200 - 10%', '180'],
    ['17% * 2340', '397.8'],
    ['5!', '120'],
    ['√16 + 3²', '13'],
    ['sqrt(4/9) * 3', '2'],
    ['12 ÷ 3 × 4 − 1', '15'],
    ['round(2.345, 2)', '2.35'],
    ['round(-2.5)', '-3'],
    ['floor(-1.5) + ceil(1.2) + trunc(-1.9)', '-1'],
    ['max(3, 7, 5) - min(3, 7, 5)', '4'],
    ['mean(1, 2, 4.5)', '2.5'],
    ['median(9, 1, 4, 2)', '3'],
    ['gcd(84, 36) + lcm(4, 6)', '24'],
    ['combinations(49, 6)', '13983816'],
    ['permutations(5, 2)', '20'],
    ['1e-3 * 2.50', '0.0025'],
    ['100 - 99.99', '0.01'],
    [`${nines} + 1`, `1${'0'.repeat(300)}`],
  ])('%s = %s, exactly', async (expression, result) => {
    expect(await run(expression)).toEqual({ expression, result, exact: true })
  })

  it.each([
    ['sqrt(2)', '1.4142135623731', {}],
    ['sin(30 deg)', '0.5', {}],
    ['2 π', '6.28318530717959', {}],
    ['log(8, 2) + ln(e) + log10(1000)', '7', {}],
    ['1 / 3', '0.33333333333333333333', { fraction: '1/3' }],
    ['-2 / 3', '-0.66666666666666666667', { fraction: '-2/3' }],
    ['2^0.5 * 2^0.5', '2', {}],
    ['1e300 / 3e301', '0.033333333333333333333', { fraction: '1/30' }],
    ['2^0.5 * 1e299', '1.4142135623731e+299', {}],
  ] as const)('%s ≈ %s, and says that it is rounded', async (expression, result, more) => {
    expect(await run(expression)).toEqual({ expression, result, exact: false, ...more })
  })

  it.each([
    ['1 / 0', 'Division by zero'],
    ['0 ^ -1', 'Division by zero'],
    ['5 mod 0', 'Division by zero'],
    ['sqrt(-1)', 'no real number'],
    ['ln(0)', 'too large'],
    ['10^2000', 'too large'],
    ['1,234 + 1', 'thousands separators'],
    ['sin 30', '“sin” is not known'],
    ['frobnicate(1)', 'Functions: '],
    ['sqrt()', 'does not take 0'],
    ['sqrt(1, 2)', 'does not take 2'],
    ['2 cm to inch', 'not'],
    ['3 +', 'not understood'],
    ['', 'input does not fit'],
  ])('%s has no result, and says why', async (expression, words) => {
    await expect(run(expression)).rejects.toThrow(words)
  })
})

const nasty = [
  '9^9^9^9',
  '9!!!',
  '1000000!',
  '301!',
  '170!^170',
  '(1e999)^999',
  '1e999999999',
  '1e-999999999',
  '1e9999999999999999999',
  '0x1p9999999999',
  '0xFFFFFFFF',
  '10^1000^1000',
  `${'('.repeat(990)}1`,
  `${'('.repeat(400)}1${')'.repeat(400)}`,
  `${'-'.repeat(990)}1`,
  `1${'^1'.repeat(490)}`,
  `2${'^2'.repeat(490)}`,
  `1${'+1%'.repeat(320)}`,
  `1${'!'.repeat(990)}`,
  `3${'!'.repeat(5)}`,
  `1${'/3+1'.repeat(240)}`,
  `1${'/7919^99+1'.repeat(90)}`,
  `sum(${Array.from({ length: 150 }, (_, at) => `1/${7_001 + 2 * at}`).join(',')})`,
  `lcm(${Array.from({ length: 180 }, (_, at) => 3 ** 8 + at).join(',')})`,
  'gcd(10^900 + 1, 10^899 + 7)',
  'gcd(1e300 * pi, 7)',
  'combinations(1000, 500)',
  'combinations(1e12, 5e11)',
  'round(pi, 1e9)',
  'round(1e300 + 0.5, 50)',
  'mod(1e300 * pi, 1e-300)',
  '2^(1/3)^1e300',
  '(-8)^(1/3)',
  'a = 1',
  'f(x) = x^2',
  'f(x) = f(x + 1); f(1)',
  '1:1e9',
  'zeros(1e9)',
  'ones(10000, 10000)',
  '[1, 2; 3, 4]',
  '"a" + "b"',
  "concat('a', 'b')",
  'import({})',
  'createUnit("foo")',
  'evaluate("1")',
  'parse("1")',
  'simplify(1)',
  'derivative(1, x)',
  'cos.constructor("return process")()',
  'constructor',
  '__proto__',
  'toString()',
  'valueOf',
  'hasOwnProperty(1)',
  'e.constructor',
  '1 > 2 ? 3 : 4',
  'true',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  'i * i',
  '1; 2; 3',
  '1\n2',
  '# comment',
  "5'",
  '5 in',
  '\u0000',
  '💥',
  '\ud800',
]

describe('nothing that is asked of it can hurt', () => {
  // What hangs is seen by the test's own time limit.
  it.each(nasty)('%j ends, in digits or in a sentence', async (expression) => {
    await run('1')
    const outcome = await run(expression).then(JSON.stringify, (error: unknown) => {
      expect(error).toBeInstanceOf(Error)
      return error instanceof Error ? error.message : ''
    })
    expect(outcome).not.toMatch(/\[object|undefined":|=>|process|\bnull\b.*exact/)
    expect(outcome.length).toBeLessThan(3_000)
  })

  it('any string of its own alphabet does the same', async () => {
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    const words = [
      ...'0123456789.+-*/^%!(),e ',
      ...functions.keys(),
      '(',
      ')',
      'pi',
      'deg',
      'mod',
      '1e308',
      '99999',
      '!',
    ]
    for (let round = 0; round < 3_000; round++) {
      const expression = Array.from({ length: 1 + random(25) }, () => words[random(words.length)]).join('')
      const outcome: unknown = await run(expression).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome.message.length, expression).toBeLessThan(1_500)
      else expect(outcome, expression).toMatchObject({ result: expect.stringMatching(/^-?\d[\d.e+-]*$/) })
    }
  })
})
