/** Sends one request to a relay with `fetch`, and gives the pieces of the answer as they arrive. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { ExchangeFailure } from './exchange-failure.ts'
import { simplePost } from './simple-post.ts'

/** A line on which nothing moves for this long is dead: 2G in a stairwell recovers within it. */
const silenceMs = 60_000

/** Aborts when it is not fed, or with `closing`. */
const createWatchdog = (closing: AbortSignal): { signal: AbortSignal; feed(): void; stop(): void } => {
  const abort = new AbortController()
  const bite = () => abort.abort()
  let timer = setTimeout(bite, silenceMs)
  if (closing.aborted) bite()
  closing.addEventListener('abort', bite)
  return {
    signal: abort.signal,
    feed() {
      clearTimeout(timer)
      timer = setTimeout(bite, silenceMs)
    },
    stop() {
      clearTimeout(timer)
      closing.removeEventListener('abort', bite)
    },
  }
}

async function* piecesOf(body: ReadableStream<Uint8Array>, watchdog: { feed(): void; stop(): void }) {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      watchdog.feed()
      yield value
    }
  } finally {
    watchdog.stop()
    // who stops reading in the middle wants no more of it; a line that broke has nothing to cancel
    reader.cancel().catch(() => undefined)
  }
}

/** `relay` is an origin; an aborted `closing` is a line that broke. */
export const postToRelay = async (
  relay: string,
  body: Bytes,
  closing: AbortSignal,
): Promise<Result<AsyncIterable<Uint8Array>, ExchangeFailure>> => {
  const watchdog = createWatchdog(closing)
  try {
    const response = await simplePost(`${relay}/v1/sync`, body, watchdog.signal)
    if (response.body) return ok(piecesOf(response.body, watchdog))
    watchdog.stop()
    return fail({ code: 'nonsense' })
  } catch {
    // nobody answered
    watchdog.stop()
    return fail({ code: 'offline' })
  }
}
