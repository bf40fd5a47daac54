/** What every binary answer to a phone says of itself over HTTP. */

import type { OutgoingHttpHeaders } from 'node:http'

/** No preflight is needed: phones send a simple request with the token in its body. */
export const answerHeaders: OutgoingHttpHeaders = {
  'access-control-allow-origin': '*',
  'cache-control': 'no-store',
  'content-type': 'application/octet-stream',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}
