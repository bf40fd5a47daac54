/** One request to a relay that a browser sends at once. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'

/**
 * `fetch` rejects for every way in which nobody answers. No header that would need a CORS preflight: on 2G that is a
 * round trip. A redirect is a captive portal's and counts as no answer.
 */
export const simplePost = (url: string, body: Bytes, signal: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    body,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal,
  })
