/** Runs the program of an installed package under our Node. */
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../local/stack/createStack.ts'

export interface ToolResult {
  code: number
  /** What it printed; empty when it printed to the terminal itself. */
  output: string
}

/** `shown`: the program writes to the terminal itself; else its output is collected. */
export function runTool(name: string, args: string[], { shown = false } = {}): Promise<ToolResult> {
  const program = realpathSync(join(root, 'node_modules', '.bin', name))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: root,
    stdio: shown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output: output.join('') }))
  })
}
