import { join } from 'node:path'
import type { NextConfig } from 'next'

const config: NextConfig = {
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // The packages are the project's, two folders up.
  turbopack: { root: join(import.meta.dirname, '../..') },
}

export default config
