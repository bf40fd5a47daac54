/** Sends one request about an invite's short code to a relay; small, and answered at once or not at all. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { simplePost } from './simple-post.ts'

/** The HTTP status and the body; null when nobody answered. `relay` is an origin. */
export type PostCode = (relay: string, body: Bytes) => Promise<{ status: number; body: Bytes } | null>

const patienceMs = 20_000

export const postCodeToRelay: PostCode = async (relay, body) => {
  try {
    const response = await simplePost(`${relay}/v1/code`, body, AbortSignal.timeout(patienceMs))
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
  } catch {
    // nobody answered
    return null
  }
}
