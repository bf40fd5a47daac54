/** The web app manifest: what the phone knows about the installed app. Its words are Arabic, the first language. */

import type { ManifestOptions } from 'vite-plugin-pwa'

const icon = (size: number, purpose: 'any' | 'maskable' | 'monochrome') => ({
  src: `/icons/${purpose}-${size}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
})

/** Of the real app, by `npm run screenshots`; a browser shows them when it asks whether to install. */
const screenshot = (name: string, label: string, form_factor: 'narrow' | 'wide') => ({
  src: `/screenshots/${name}.png`,
  sizes: form_factor === 'narrow' ? '360x740' : '1280x800',
  type: 'image/png',
  form_factor,
  label,
})

export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'تضامن',
  short_name: 'تضامن',
  description: 'حاجات الجيران وعروضهم، وتعمل بلا إنترنت',
  lang: 'ar',
  dir: 'rtl',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: '#FBF7F0',
  theme_color: '#FBF7F0',
  categories: ['social', 'lifestyle'],
  // what is shared comes as a form, which 'focus-existing' drops (WICG/web-app-launch issue 62); what is typed is a draft
  launch_handler: { client_mode: 'navigate-existing' },
  icons: [
    icon(192, 'any'),
    icon(512, 'any'),
    icon(192, 'maskable'),
    icon(512, 'maskable'),
    icon(192, 'monochrome'),
    icon(512, 'monochrome'),
  ],
  screenshots: [
    screenshot('today', 'اليوم: ما ينتظر كل واحد', 'narrow'),
    screenshot('board', 'حاجات الجيران وعروضهم', 'narrow'),
    screenshot('need', 'حاجة ومن يتولاها', 'narrow'),
    screenshot('board-wide', 'حاجات الجيران وعروضهم على شاشة واسعة', 'wide'),
  ],
  // answered by the service worker: what was shared goes to no relay
  share_target: {
    action: '/paste',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: {
      title: 'title',
      text: 'text',
      url: 'url',
      // some apps name the container of a voice message so
      files: [
        {
          name: 'media',
          accept: [
            'image/*',
            'audio/*',
            'application/ogg',
            '.opus',
            '.ogg',
            // a packet from another phone; sheets that know no such ending give it as text
            'application/x-tadamun',
            '.tadamun',
            'text/plain',
          ],
        },
      ],
    },
  },
  file_handlers: [{ action: '/neighbour', accept: { 'application/x-tadamun': ['.tadamun'] } }],
  shortcuts: [
    { name: 'تسجيل حاجة', url: '/add/need', icons: [icon(192, 'any')] },
    { name: 'تقديم مساعدة', url: '/add/offer', icons: [icon(192, 'any')] },
  ],
}
