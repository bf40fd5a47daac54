/** What a live session needs of its connection, whatever that is: a WebSocket, or a line of the simulation. */

import type { Bytes } from '../protocol/bytes.ts'

export interface LiveLine {
  /** Queues one message; on a closed line it does nothing. */
  send(message: Bytes): void
  /** queued, and not yet taken by the network */
  readonly bufferedBytes: number
  /** Takes nothing further from the other side until `resume`. */
  pause(): void
  resume(): void
  /** Says why, then ends. */
  close(code: number, text: string): void
  /** Ends without a word: nobody listens. */
  drop(): void
}
