/** How an exchange can fail; whatever had arrived before is kept. */

import type { Refusal } from '../../sync-server/protocol/exchange.ts'

export type ExchangeFailure =
  /** nobody answered, or the line broke */
  | { code: 'offline' }
  /** an answer that is none: a captive portal, another server */
  | { code: 'nonsense' }
  | { code: 'refused'; reason: Refusal; retryAfterS: number }
