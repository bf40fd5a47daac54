/** The built app, read into memory at start: what is not in the folder then cannot be asked for. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type ContentEncoding = 'br' | 'gzip'

export interface StaticFile {
  readonly type: string
  readonly cacheControl: string
  readonly etag: string
  readonly bytes: Buffer
  /** Made once; null where compressing does not pay. */
  compressed(encoding: ContentEncoding): Promise<Buffer> | null
}

export interface StaticFiles {
  /** False: the relay serves no app. */
  readonly hasApp: boolean
  /** The file of a path, index.html for a place in the app, null for what is missing. */
  find(path: string): StaticFile | null
  /** Compresses everything, so that nobody has to wait for it. */
  warm(): Promise<void>
}

const typeByExtension: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

const isCompressible = (type: string): boolean => /^text\/|json|svg|wasm/.test(type)
/** Below this a compressed copy saves no packet. */
const minCompressedBytes = 1000
const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

const compress = (bytes: Buffer, encoding: ContentEncoding): Promise<Buffer> =>
  encoding === 'br'
    ? compressBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
    : compressGzip(bytes, { level: 9 })

const createFile = (path: string, bytes: Buffer): StaticFile => {
  const type = typeByExtension[extname(path)] ?? 'application/octet-stream'
  const copies = new Map<ContentEncoding, Promise<Buffer>>()
  return {
    type,
    // a hashed name never changes its bytes; everything else is asked for again
    cacheControl: path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    compressed(encoding) {
      if (bytes.length < minCompressedBytes || !isCompressible(type)) return null
      const copy = copies.get(encoding) ?? compress(bytes, encoding)
      copies.set(encoding, copy)
      return copy
    },
  }
}

const readFolder = (folder: string): Map<string, StaticFile> => {
  const files = new Map<string, StaticFile>()
  for (const found of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!found.isFile()) continue
    const file = join(found.parentPath, found.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    files.set(path, createFile(path, readFileSync(file)))
  }
  return files
}

const decodePath = (path: string): string | null => {
  try {
    return decodeURIComponent(path)
  } catch {
    // a stray percent sign: no file has such a name
    return null
  }
}

/** A place in the app has no file ending; a hashed file of an older build is missing, never a page. */
const isPlace = (path: string): boolean => !path.startsWith('/assets/') && extname(path) === ''

/** `folder` need not exist. */
export const openStaticFiles = (folder: string): StaticFiles => {
  let files = new Map<string, StaticFile>()
  try {
    files = readFolder(folder)
  } catch (cause) {
    // no folder: a relay without an app; anything else is for the operator
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause
  }
  const index = files.get('/index.html')
  return {
    hasApp: index !== undefined,
    find(rawPath) {
      const path = decodePath(rawPath)
      if (path === null || path.includes('\\') || path.split('/').includes('..')) return null
      return files.get(path) ?? (isPlace(path) ? (index ?? null) : null)
    },
    async warm() {
      for (const file of files.values()) {
        await file.compressed('br')
        await file.compressed('gzip')
      }
    },
  }
}
