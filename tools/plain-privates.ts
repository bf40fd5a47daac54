/**
 * Vite plugin: private fields of our own classes are built as properties with short names. Safari 15 has private fields,
 * and faults in them (https://bugs.webkit.org/show_bug.cgi?id=236843); the compiler's way round is a WeakMap for each field:
 * bytes on the first visit, and time on each access. That nobody reaches into a class TypeScript has checked by then.
 */

import type { Plugin } from 'vite'
import { isSyntaxNode, parseSource, walk } from '../tests/support/source.ts'

const ours = /\/(?:src|sync-server\/protocol)\/.*\.tsx?$/

/** The same program with `$0`, `$1`, … for `#first`, `#second`, …, counted by file. */
export const withPlainPrivates = (path: string, text: string): string => {
  const names: { start: number; end: number; name: string }[] = []
  walk(parseSource({ path, text }).tree, ({ type, start, end, id }) => {
    if (type !== 'PrivateName' || typeof start !== 'number' || typeof end !== 'number') return
    if (isSyntaxNode(id) && typeof id.name === 'string') names.push({ start, end, name: id.name })
  })
  const numbers = new Map<string, number>()
  const pieces: string[] = []
  let done = 0
  for (const { start, end, name } of names.sort((one, other) => one.start - other.start)) {
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    pieces.push(text.slice(done, start), `$${number}`)
    done = end
  }
  return pieces.join('') + text.slice(done)
}

export const plainPrivates = (): Plugin => ({
  name: 'tadamun-plain-privates',
  apply: 'build',
  enforce: 'pre',
  transform: {
    filter: { id: ours, code: '#' },
    handler: (code, id) => ({ code: withPlainPrivates(id, code), map: null }),
  },
})
