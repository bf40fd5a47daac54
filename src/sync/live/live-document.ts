/** A room's document as a live socket sees it. Types only. */

import type { Doc } from 'yjs'
import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { Lengths } from '../../../sync-server/protocol/live.ts'

export interface LiveDocument {
  doc: Doc
  /** canonical updates of what own lists hold beyond these lengths, in pieces well below the bound of a message [R21] */
  ownBeyond(lengths: Lengths): Bytes[]
}

/** Who sends a document's own entries on: everything else is applied under its origin, or it would go back (echo). */
export interface DocumentChannel {
  /** what Yjs compares: an update of this origin is not sent */
  readonly origin: unknown
  /** the document is about to be destroyed */
  detach(): void
}
