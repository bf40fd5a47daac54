/** Vite plugin: puts the icons that the app uses into index.html as one hidden SVG sprite. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { iconNames } from '../src/components/icon-names.ts'
import { root } from './root.ts'

const shapesOf = (lucideName: string): string =>
  readFileSync(join(root, 'node_modules', 'lucide-static', 'icons', `${lucideName}.svg`), 'utf8')
    .replace(/<!--.*?-->/gs, '')
    .replace(/^\s*<svg[^>]*>|<\/svg>\s*$/g, '')
    .replace(/\s+/g, ' ')
    .replace(/> </g, '><')
    .trim()

/** The sprite as markup; symbol ids are `icon-<name>` with the names of `icon-names.ts`. */
const spriteMarkup = (): string => {
  const symbols = Object.entries(iconNames).map(
    ([name, lucide]) => `<symbol id="icon-${name}" viewBox="0 0 24 24">${shapesOf(lucide)}</symbol>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" class="sprite" aria-hidden="true">${symbols.join('')}</svg>`
}

/** Replaces `<!--icons-->` in index.html. Inline, because a file of its own would flash and cost a round trip. */
export const iconSprite = (): Plugin => ({
  name: 'tadamun-icon-sprite',
  transformIndexHtml: (html) => html.replace('<!--icons-->', spriteMarkup()),
})
