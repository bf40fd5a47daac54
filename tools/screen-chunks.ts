/**
 * Chunks for what several screens share, by who waits for them: whoever comes by an invite loads neither the board nor the
 * word lists that read messages. (docs/decisions/0038-what-is-fetched-behind-a-first-visit.md)
 */

import type { Rolldown } from 'vite'
import { closureOf } from './record-chunks.ts'

/** In the order of a first visit: the screens by which one comes in, then those of the first minutes. */
const screensByChunk: readonly (readonly [chunk: string, files: readonly string[]])[] = [
  ['ways-in', ['screens/join/join-screen.tsx', 'screens/create/create-screen.tsx']],
  [
    'next',
    [
      'app/member-frame.tsx',
      'screens/board/board-screen.tsx',
      'screens/today/today-screen.tsx',
      'screens/add-need/add-need-screen.tsx',
      'screens/need/need-screen.tsx',
      'screens/network/network-screen.tsx',
    ],
  ],
]

const isShared = /\/src\/(?!engine\/|crypto\/|sync\/)|\/node_modules\//

/** Groups in this order, before any for all the rest. `root`: of the checkout. */
export const screenChunks = (root: string) =>
  screensByChunk.map(([chunk, files]) => ({
    debugName: chunk,
    name: (id: string, context: Rolldown.ChunkingContext) =>
      files.some((file) => closureOf(`${root}/src/${file}`, context).has(id)) ? chunk : null,
    test: isShared,
    minShareCount: 2,
  }))
