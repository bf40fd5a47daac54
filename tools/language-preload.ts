/** Vite plugin: the words of the first language are asked for together with the first script, not one round trip later. */

import type { HtmlTagDescriptor, Plugin } from 'vite'

/** `first` stands in index.html itself; of `others`, public/own-language.js asks for the one that will be shown. */
export const languagePreload = (first: string, others: readonly string[]): Plugin => ({
  name: 'tadamun-language-preload',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => {
      const addressOf = (language: string): string | undefined => {
        const chunk = Object.values(bundle ?? {}).find(
          (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith(`/locales/${language}.json`),
        )
        return chunk && `/${chunk.fileName}`
      }
      const href = addressOf(first)
      if (href === undefined) return []
      const asked = others.map((language): [string, string] => [
        `data-${language}`,
        addressOf(language) ?? '',
      ])
      const tags: HtmlTagDescriptor[] = [
        { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href }, injectTo: 'head' },
        {
          tag: 'script',
          attrs: { async: true, src: '/own-language.js', ...Object.fromEntries(asked) },
          injectTo: 'head',
        },
      ]
      return tags
    },
  },
})
