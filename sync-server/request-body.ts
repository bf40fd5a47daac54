/** Reads the body of a request within its bounds of bytes and time. */

import type { IncomingMessage } from 'node:http'
import { fail, ok, type Result } from './protocol/result.ts'

export type BodyFailure = 'tooLarge' | 'tooSlow' | 'cut'

/** The whole body; `idleMs` is how long the sender may pause. Nothing is kept beyond `maxBytes`. */
export const readBody = (
  request: IncomingMessage,
  maxBytes: number,
  idleMs: number,
): Promise<Result<Uint8Array, BodyFailure>> => {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(fail('tooLarge'))
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    let bytes = 0
    const finish = (result: Result<Uint8Array, BodyFailure>): void => {
      clearTimeout(timer)
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
      resolve(result)
    }
    const timer = setTimeout(() => finish(fail('tooSlow')), idleMs)
    const onData = (piece: Buffer): void => {
      timer.refresh()
      bytes += piece.length
      if (bytes > maxBytes) finish(fail('tooLarge'))
      else pieces.push(piece)
    }
    const onEnd = (): void => finish(ok(Buffer.concat(pieces)))
    const onClose = (): void => finish(fail('cut'))
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
  })
}

const drainMs = 2000

/**
 * Throws away what still comes, for at most two seconds: a connection that is closed over unread bytes is reset, and the
 * sender never reads why it was refused.
 */
export const drainBody = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (request.complete || request.destroyed) return resolve()
    const finish = (): void => {
      clearTimeout(timer)
      request.off('end', finish).off('close', finish)
      resolve()
    }
    const timer = setTimeout(finish, drainMs)
    request.on('end', finish).on('close', finish).resume()
  })
