/** What a window may ask of the engine about pictures and voice notes, and what it hears. Types only. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'

export type MediaKind = 'photo' | 'voice'

export type MediaCommand =
  /** seals what was just made and keeps it on this phone; gives what a need says of it */
  | { type: 'media.keep'; kind: MediaKind; content: Bytes }
  /** taken out of a form again; nothing happens to one that a need has */
  | { type: 'media.drop'; id: string }
  /** gives the content; one that is not here is fetched if that is `wanted`, or by itself on a good link */
  | { type: 'media.open'; kind: MediaKind; id: string; key: Bytes; wanted: boolean }

/** What a need says of the blob; `bytes` = length of the content. */
export interface KeptMedia {
  id: string
  key: Bytes
  bytes: number
}

/** Why something cannot be shown now: `waits` for somebody who wants it, `notThere`: it has not left the phone of whoever made it. */
export type MediaAbsence = 'waits' | 'offline' | 'notThere' | 'broken' | 'full'
