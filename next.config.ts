import type { NextConfig } from 'next'

const config: NextConfig = {
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // Bundles the service worker during the build (app/sw.js/route.ts); a program of its own, which cannot itself be bundled.
  serverExternalPackages: ['esbuild'],
}

export default config
