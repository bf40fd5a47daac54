/** Vite plugin: index.html asks for the Arabic words together with the first script, not one round trip later. */

import type { HtmlTagDescriptor, Plugin } from 'vite'

export const languagePreload = (language: string): Plugin => ({
  name: 'tadamun-language-preload',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => {
      const chunk = Object.values(bundle ?? {}).find(
        (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(`/locales/${language}.json`),
      )
      const tag: HtmlTagDescriptor[] = chunk
        ? [
            {
              tag: 'link',
              attrs: { rel: 'modulepreload', crossorigin: true, href: `/${chunk.fileName}` },
              injectTo: 'head',
            },
          ]
        : []
      return tag
    },
  },
})
