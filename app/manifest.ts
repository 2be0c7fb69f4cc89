// What makes the product installable: its name, its icons, and where a long press on the icon leads.
import type { MetadataRoute } from 'next'
import { strings } from '../components/strings.ts'

const icon = (size: number, name = `icon-${size}`) => ({
  src: `/icons/${name}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
})

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: strings.product,
    short_name: strings.product,
    description: strings.tagline,
    lang: 'en',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    categories: ['productivity'],
    // Night, as the icon: the page itself follows the person's theme (app/layout.tsx).
    theme_color: '#0e1019',
    background_color: '#0e1019',
    icons: [
      { ...icon(192), purpose: 'any' },
      { ...icon(512), purpose: 'any' },
      { ...icon(512, 'maskable-512'), purpose: 'maskable' },
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ],
    shortcuts: [
      { name: strings.threads.newChat, url: '/chat', icons: [icon(192)] },
      { name: strings.inbox.name, url: '/inbox', icons: [icon(192)] },
      { name: strings.schedules.name, url: '/schedules', icons: [icon(192)] },
    ],
  }
}
