/** Answers GET and HEAD for the files of the app. */

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { ContentEncoding, StaticFile, StaticFiles } from './static-files.ts'

/** The best encoding that the browser names; `q=0` forbids one. */
const encodingOf = (request: IncomingMessage): ContentEncoding | null => {
  const header = request.headers['accept-encoding']
  const offers = new Map<string, boolean>()
  for (const part of String(header ?? '').split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';')
    offers.set(name.trim(), !parameters.some((parameter) => /^\s*q=0(\.0*)?\s*$/.test(parameter)))
  }
  if (offers.get('br')) return 'br'
  return offers.get('gzip') ? 'gzip' : null
}

const headersOf = (file: StaticFile, headers: OutgoingHttpHeaders): OutgoingHttpHeaders => ({
  ...headers,
  'cache-control': file.cacheControl,
  'content-type': file.type,
  etag: file.etag,
  vary: 'accept-encoding',
})

export const serveFile = async (
  files: StaticFiles,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<void> => {
  const file = files.find(path)
  if (!file) {
    response.writeHead(404, {
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    })
    response.end('Not here.\n')
    return
  }
  if (
    request.headers['if-none-match']?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === file.etag)
  ) {
    response.writeHead(304, headersOf(file, headers))
    response.end()
    return
  }
  const encoding = encodingOf(request)
  const compressed = encoding ? await file.compressed(encoding) : null
  const body = compressed ?? file.bytes
  response.writeHead(200, {
    ...headersOf(file, headers),
    'content-length': body.length,
    ...(compressed && encoding ? { 'content-encoding': encoding } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
