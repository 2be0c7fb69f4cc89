/** `npm run check`: everything that is quick to know before a push. Goes on after a failure, so that all are seen at once. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../local/stack/createStack.ts'
import { checkBorders } from './checkBorders.ts'
import { checkDocs } from './checkDocs.ts'
import { say } from './progress.ts'
import { runTool, type ToolResult } from './runTool.ts'

interface Step {
  name: string
  run: () => Promise<ToolResult>
}

const listed = (lines: string[]): Promise<ToolResult> =>
  Promise.resolve({ code: lines.length === 0 ? 0 : 1, output: lines.join('\n') })

/** Next writes its own declarations; a fresh clone has none yet. */
async function checkTypes(): Promise<ToolResult> {
  if (!existsSync(join(root, 'next-env.d.ts'))) {
    const made = await runTool('next', ['typegen'])
    if (made.code !== 0) return made
  }
  return runTool('tsc', ['--noEmit'])
}

const steps: Step[] = [
  {
    name: 'format and lint',
    run: () => runTool('biome', ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  },
  { name: 'types', run: checkTypes },
  { name: 'unused code', run: () => runTool('knip', ['--no-progress']) },
  { name: 'borders', run: () => listed(checkBorders().map(({ path, line, rule }) => `${path}:${line}: ${rule}`)) },
  {
    name: 'documents',
    run: () => listed(checkDocs().map(({ path, line, name }) => `${path}:${line}: ${name} does not exist`)),
  },
  { name: 'quick tests', run: () => runTool('vitest', ['run', '--project', 'decisions', '--reporter=dot']) },
]

let failed = 0
for (const { name, run } of steps) {
  const startedAt = performance.now()
  const { code, output } = await run()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  if (code !== 0) {
    failed++
    say(`\n${output.trim()}\n`)
  }
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
}
say(
  failed === 0
    ? 'check: all is well'
    : `check: ${failed} of ${steps.length} failed; \`npm run fix\` mends format and simple lint`,
)
process.exit(failed === 0 ? 0 : 1)
