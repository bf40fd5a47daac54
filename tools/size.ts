/** `npm run size`: the bytes that a phone downloads, beside the budget of each part; the last line is JSON. */
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { restMegabytes } from '../src/components/rest-megabytes.ts'
import { buildIfNeeded } from './build.ts'
import { readDist } from './dist.ts'
import { root } from './root.ts'
import { missingParts, type Part, sizeParts } from './size-parts.ts'

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(10)
const isOver = ({ bytes, maxBytes }: Part): boolean => maxBytes !== undefined && bytes > maxBytes

if (!buildIfNeeded()) {
  console.error('The app could not be built, so there is nothing to measure.')
  process.exit(1)
}
const dist = readDist(join(root, 'dist'))
const languages = globSync('locales/*.json', { cwd: root })
  .map((path) => basename(path, '.json'))
  .sort()
const parts = sizeParts(dist, languages)
const missing = missingParts(parts)

console.log('Files (brotli bytes):')
for (const { path, bytes } of [...dist.values()].sort((a, b) => b.bytes - a.bytes))
  console.log(`${kB(bytes)}  ${path}`)

console.log('\nParts:')
for (const part of parts) {
  const budget = part.maxBytes === undefined ? '' : `of ${kB(part.maxBytes)}${isOver(part) ? '  OVER' : ''}`
  console.log(`${kB(part.bytes)}  ${part.name.padEnd(20)} ${budget}`)
}
for (const name of missing) console.error(`\nNo file of the build was recognised as: ${name}`)

/** What the first screen says of it before it comes. */
const bytesBehind = parts.find(({ name }) => name === 'fetched behind it')?.bytes ?? 0
const isTold = Math.abs(bytesBehind / 1e6 - restMegabytes) <= 0.1
if (!isTold)
  console.error(
    `\nThe first screen tells of ${restMegabytes} MB behind it: src/components/rest-megabytes.ts is old.`,
  )

const isGood = isTold && missing.length === 0 && !parts.some(isOver)
if (!isGood) process.exitCode = 1
const bytesByPart = Object.fromEntries(parts.map(({ name, bytes }) => [name, bytes]))
const maxBytesByPart = Object.fromEntries(
  parts.flatMap(({ name, maxBytes }) => (maxBytes ? [[name, maxBytes]] : [])),
)
console.log(JSON.stringify({ name: 'size', isGood, bytes: bytesByPart, maxBytes: maxBytesByPart }))
