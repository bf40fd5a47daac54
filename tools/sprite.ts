/** Vite plugin: the icons of the first screen as a hidden SVG sprite in index.html, the others as data for later screens. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { firstIcons, type IconName, iconNames } from '../src/components/icon-names.ts'
import { root } from './root.ts'

/** Shapes of one icon on a field of 24: element and attributes. */
type Shapes = [tag: string, attributes: Record<string, string>][]

const asked = 'virtual:later-icons'

/** Of lucide, by its own names. */
const readShapes = (): Record<string, Shapes> =>
  JSON.parse(readFileSync(join(root, 'node_modules', 'lucide-static', 'icon-nodes.json'), 'utf8'))

const shapesOf = (names: readonly IconName[]): [IconName, Shapes][] => {
  const shapes = readShapes()
  return names.map((name) => {
    const drawn = shapes[iconNames[name]]
    // lucide keeps the file of a name that it has given up, but not its shapes
    if (!drawn) throw new Error(`lucide has no shapes for ${iconNames[name]} (${name})`)
    return [name, drawn]
  })
}

const shapeMarkup = ([tag, attributes]: Shapes[number]): string =>
  `<${[tag, ...Object.entries(attributes).map(([name, value]) => `${name}="${value}"`)].join(' ')}/>`

/** The sprite as markup; symbol ids are `icon-<name>` with the names of `icon-names.ts`. */
const spriteMarkup = (): string => {
  const symbols = shapesOf(firstIcons).map(
    ([name, shapes]) =>
      `<symbol id="icon-${name}" viewBox="0 0 24 24">${shapes.map(shapeMarkup).join('')}</symbol>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" class="sprite" aria-hidden="true">${symbols.join('')}</svg>`
}

const laterShapes = (): Record<string, Shapes> => {
  const first: readonly IconName[] = firstIcons
  const names = Object.keys(iconNames) as IconName[]
  return Object.fromEntries(shapesOf(names.filter((name) => !first.includes(name))))
}

/**
 * Replaces `<!--icons-->` in index.html, inline because a file of its own would flash and cost a round trip, and gives
 * `virtual:later-icons`, which src/app/later-icons.ts adds to it.
 */
export const iconSprite = (): Plugin => ({
  name: 'tadamun-icon-sprite',
  transformIndexHtml: (html) => html.replace('<!--icons-->', spriteMarkup()),
  resolveId: (id) => (id === asked ? `\0${asked}` : undefined),
  load: (id) => (id === `\0${asked}` ? `export default ${JSON.stringify(laterShapes())}` : undefined),
})
