/** Sends one request about an invite's short code to a relay; small, and answered at once or not at all. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'

/** The HTTP status and the body; null when nobody answered. `relay` is an origin. */
export type PostCode = (relay: string, body: Bytes) => Promise<{ status: number; body: Bytes } | null>

const patienceMs = 20_000

export const postCodeToRelay: PostCode = async (relay, body) => {
  try {
    const response = await fetch(`${relay}/v1/code`, {
      method: 'POST',
      body,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
  } catch {
    // fetch rejects with a TypeError for every way in which nobody answers
    return null
  }
}
