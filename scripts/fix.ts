/** `npm run fix`: formats, and mends what the linter can mend safely. */
import { runTool } from './runTool.ts'

const { code } = await runTool('biome', ['check', '--write', '.'], { shown: true })
process.exit(code)
