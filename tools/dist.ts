/** Reads the built app: each file's bytes on the wire, and which file makes the browser load which. */
import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { importsOf, resolveImport } from '../tests/support/source.ts'

/** One served file; `bytes` are text brotli-packed at its best, formats that are packed already as they are. */
export type DistFile = {
  path: string
  bytes: number
  /** Files that the browser loads before this one runs. */
  imports: string[]
  /** Files that it loads when this one asks for them with import(). */
  lazy: string[]
  /** Files named in its text: all of the above, workers, and what a service worker fetches ahead. */
  named: string[]
}
export type Dist = Map<string, DistFile>

const packedExtensions = ['.woff2', '.png', '.jpg', '.jpeg', '.webp', '.avif', '.mp3']
const textExtensions = ['.js', '.css', '.html', '.webmanifest', '.json']
/** Licences and source maps lie in dist too, but no page loads them. */
const unserved = ['.map', '.md', '.txt']

function wireBytes(path: string, content: Buffer): number {
  if (packedExtensions.includes(extname(path))) return content.length
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  }
  return brotliCompressSync(content, { params }).length
}

/** What a page loads at once: its scripts, preloads, styles, manifest and icons. */
function pageLinks(text: string): string[] {
  const tags = text.match(/<(?:script|link)\b[^>]*>/g) ?? []
  return tags
    .map((tag) => /\b(?:src|href)="?([^"\s>]+)/.exec(tag)?.[1])
    .filter((address) => address !== undefined)
    .map((address) => address.replace(/^\.?\//, ''))
}

function readLinks(path: string, text: string): { imports: string[]; lazy: string[] } {
  if (path.endsWith('.html')) return { imports: pageLinks(text), lazy: [] }
  if (!path.endsWith('.js')) return { imports: [], lazy: [] }
  const found = importsOf({ path, text })
  const targets = (wanted: string) =>
    found
      .filter(({ kind }) => kind === wanted)
      .map(({ specifier }) => resolveImport(path, specifier))
      .filter((target) => target !== undefined)
  return { imports: targets('value'), lazy: targets('lazy') }
}

export function readDist(folder: string): Dist {
  const paths = globSync('**/*', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile() && !unserved.includes(extname(path)))
    .sort()
  const files = paths.map((path): DistFile => {
    const content = readFileSync(join(folder, path))
    const text = textExtensions.includes(extname(path)) ? content.toString('utf8') : ''
    const named = paths.filter((other) => other !== path && text.includes(basename(other)))
    return { path, bytes: wireBytes(path, content), ...readLinks(path, text), named }
  })
  return new Map(files.map((file) => [file.path, file]))
}

/** The files and all that they lead to, by imports alone or by any link chosen. */
export function reachable(
  dist: Dist,
  paths: string[],
  linksOf: (file: DistFile) => string[] = (file) => file.imports,
): string[] {
  const found = new Set<string>()
  const visit = (path: string): void => {
    const file = dist.get(path)
    if (!file || found.has(path)) return
    found.add(path)
    for (const each of linksOf(file)) visit(each)
  }
  for (const path of paths) visit(path)
  return [...found].sort()
}

export function sumBytes(dist: Dist, paths: string[]): number {
  return [...new Set(paths)].reduce((sum, path) => sum + (dist.get(path)?.bytes ?? 0), 0)
}
