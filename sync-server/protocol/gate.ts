/**
 * The gate: decides which entries of a run join a list [R3] [R4]. Relay and phone both stand behind it; nothing
 * touches a Y.Doc or the relay's store but through it.
 */

import { type Bytes, equalBytes, sha256 } from './bytes.ts'
import { type Entry, noHead, type Position, parseEntry, signatureLength, signedBytes } from './entry.ts'
import type { ListKey, NetworkId, RoomName } from './ids.ts'
import { limits } from './limits.ts'
import type { Run } from './update.ts'
import { type SubtleKey, verifySignature } from './verify.ts'

/** What is held of the list that a run is for. */
export interface HeldList {
  length: number
  /** head hash of the last entry, 32 zero bytes when there is none */
  head: Bytes
  /** bytes of a held entry; asked only below `length` */
  entryAt(index: number): Promise<Uint8Array | null>
  /** head hash before a held index, 32 zero bytes at 0; where nobody can or will say, forks are not proven */
  headBefore?(index: number): Promise<Bytes | null>
}

export interface JudgedEntry {
  index: number
  bytes: Bytes
  entry: Entry
  head: Bytes
}

export interface Judgement {
  /** consecutive, beginning at the held length */
  accepted: JudgedEntry[]
  /** entries that were held already */
  skipped: number
  /** why the rest was not taken; `gap` = the run begins beyond what is held */
  stop:
    | { reason: 'gap' | 'signature' | 'malformed'; index: number }
    /** proven = the author signed it for this place; bytes that anybody made up must never count against him [R6] */
    | { reason: 'fork'; index: number; proven: boolean }
    | null
}

/** How a gate reckons. Whoever brings another one than WebCrypto's owes the same verdicts and hashes. */
export interface GateCrypto {
  /** as `verifySignature` of `verify.ts` */
  verify(key: SubtleKey, signature: Bytes, signed: Bytes): boolean | Promise<boolean>
  sha256(bytes: Bytes): Bytes | Promise<Bytes>
}

const webCrypto: GateCrypto = { verify: verifySignature, sha256 }

export interface RunContext {
  network: NetworkId
  room: RoomName
  list: ListKey
  held: HeldList
  /** the author's signing key */
  key: SubtleKey
  run: Run
  /** WebCrypto unless said otherwise */
  crypto?: GateCrypto
}

export const emptyList = (): HeldList => ({ length: 0, head: noHead(), entryAt: async () => null })

/** Two byte strings that differ at most in their signature are the same entry [R3]. */
const isSameEntry = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && equalBytes(a.subarray(0, -signatureLength), b.subarray(0, -signatureLength))

/** Did the author sign these bytes to follow what is held below them? */
const provesFork = async (context: RunContext, index: number, bytes: Bytes): Promise<boolean> => {
  const { network, room, list, held, key, crypto = webCrypto } = context
  const previous = (await held.headBefore?.(index)) ?? null
  const entry = parseEntry(bytes)
  if (!previous || !entry.ok) return false
  const position: Position = { network, room, list, index, previous }
  return crypto.verify(key, entry.value.signature, signedBytes(position, entry.value.unsigned))
}

const judgeHeld = async (context: RunContext): Promise<Pick<Judgement, 'skipped' | 'stop'>> => {
  const { held, run } = context
  let skipped = 0
  for (const bytes of run.entries) {
    const index = run.fromIndex + skipped
    if (index >= held.length) break
    const ours = await held.entryAt(index)
    if (!ours || !isSameEntry(ours, bytes)) {
      const proven = ours !== null && (await provesFork(context, index, bytes))
      return { skipped, stop: { reason: 'fork', index, proven } }
    }
    skipped++
  }
  return { skipped, stop: null }
}

/** Skips what is held, takes what continues the list up to the first bad entry; nothing is stored here. */
export const judgeRun = async (context: RunContext): Promise<Judgement> => {
  const { network, room, list, held, key, run, crypto = webCrypto } = context
  if (run.fromIndex > held.length)
    return { accepted: [], skipped: 0, stop: { reason: 'gap', index: held.length } }
  const { skipped, stop } = await judgeHeld(context)
  if (stop) return { accepted: [], skipped, stop }
  const accepted: JudgedEntry[] = []
  let previous = held.head
  for (const bytes of run.entries.slice(skipped)) {
    const index = held.length + accepted.length
    const entry = bytes.length <= limits.entryBytes ? parseEntry(bytes) : null
    if (!entry?.ok) return { accepted, skipped, stop: { reason: 'malformed', index } }
    const position: Position = { network, room, list, index, previous }
    const signed = signedBytes(position, entry.value.unsigned)
    if (!(await crypto.verify(key, entry.value.signature, signed))) {
      return { accepted, skipped, stop: { reason: 'signature', index } }
    }
    // the head hash, see `headHash`
    previous = await crypto.sha256(signed)
    accepted.push({ index, bytes, entry: entry.value, head: previous })
  }
  return { accepted, skipped, stop: null }
}
