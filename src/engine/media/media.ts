/** Pictures and voice notes on this phone: sealed and kept, brought to the relay behind the words, fetched, opened. */

import { type BlobId, blobIdOf } from '../../../sync-server/protocol/blob-request.ts'
import { type Bytes, sha256 } from '../../../sync-server/protocol/bytes.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { fail, ok } from '../../../sync-server/protocol/result.ts'
import { openBlob, sealBlob } from '../../crypto/seal-blob.ts'
import { type BlobFailure, type BlobLine, bringBlob, fetchBlob, missingBlobs } from '../../sync/blobs.ts'
import type { CommandResult } from '../api.ts'
import { failureOf } from '../failures.ts'
import type { LocalNetwork } from '../local-network.ts'
import type { MediaAbsence, MediaCommand, MediaKind } from './media-api.ts'
import { makeRoom, maxKeptBytes, needsWithMedia, sortShelf } from './shelf.ts'

export interface MediaParts {
  readonly local: LocalNetwork
  readonly line: BlobLine | null
  /** neither slow nor metered nor gone */
  isGoodLink(): boolean
}

/** What is fetched by itself after one exchange, and how old a need may be for that. */
const aheadBytes = 6 * 1024 * 1024
const aheadMs = 30 * 24 * 3600 * 1000
/** A relay may have lost its disk, or been set back [R14]: now and then it is asked what it still has. */
const lookAgainMs = 24 * 3600 * 1000
const lookedKey = 'mediaLookedAt'
/** What the relay did not have is not asked for again before. */
const askAgainMs = 60_000
/** What the relay refused is not brought again before: each time costs whoever pays for his link a whole part. */
const bringAgainMs = 15 * 60_000

const absenceOf = (failure: BlobFailure): MediaAbsence => {
  if (failure === 'notFound') return 'notThere'
  return failure === 'broken' ? 'broken' : 'offline'
}

type Fetched = { bytes: Bytes } | { absent: MediaAbsence }
type Open = MediaCommand & { type: 'media.open' }

/** One for each network that is open. */
export class Media {
  readonly #parts: MediaParts
  readonly #fetching = new Map<string, Promise<Fetched>>()
  readonly #missedAt = new Map<string, number>()
  readonly #refusedAt = new Map<string, number>()
  #carrying: Promise<void> | null = null
  #isDueAgain = false

  constructor(parts: MediaParts) {
    this.#parts = parts
  }

  async run(command: MediaCommand): Promise<CommandResult> {
    switch (command.type) {
      case 'media.keep':
        return this.#keep(command.kind, command.content)
      case 'media.open':
        return this.#open(command)
      case 'media.drop': {
        const row = await this.#blobs.get(command.id)
        if (row?.state === 'draft') await this.#blobs.delete(command.id)
        return ok({})
      }
    }
  }

  /** A need was saved, or a fall may have come between: what needs have is to be sent from now on. Before {@link carry}. */
  sort(): Promise<void> {
    return sortShelf(this.#database, this.#now)
  }

  /** Brings what waits, then fetches ahead where that costs nobody anything. Asked meanwhile, it does so once more. */
  async carry(): Promise<void> {
    this.#isDueAgain = this.#carrying !== null
    this.#carrying ??= this.#carryAll().finally(() => {
      this.#carrying = null
    })
    await this.#carrying
  }

  async #carryAll(): Promise<void> {
    do {
      this.#isDueAgain = false
      await this.#lookAgain()
      if (!(await this.#bringAll())) return
      if (this.#parts.isGoodLink()) await this.#fetchAhead()
    } while (this.#isDueAgain)
  }

  get #database() {
    return this.#parts.local.database
  }
  get #blobs() {
    return this.#database.blobs
  }
  get #now(): number {
    return this.#parts.local.now()
  }

  async #keep(kind: MediaKind, content: Bytes): Promise<CommandResult> {
    const { key, sealed } = await sealBlob(this.#parts.local.network, content)
    if (sealed.length > limits.blobBytes) return fail({ code: 'invalid', field: kind, rule: 'tooLarge' })
    const id = blobIdOf(await sha256(sealed))
    const state = { state: 'draft', sentBytes: 0, usedAt: this.#now } as const
    await this.#put(() => this.#blobs.put({ id, kind, bytes: sealed, size: sealed.length, ...state }))
    return ok({ media: { id, key, bytes: content.length } })
  }

  /** On a full disk what can be fetched again makes room for what cannot. */
  async #put(write: () => PromiseLike<unknown>): Promise<void> {
    try {
      await write()
    } catch (error) {
      if (failureOf(error).code !== 'diskFull') throw error
      await makeRoom(this.#database, 0, 0)
      await write()
    }
  }

  async #open({ kind, id, key, wanted }: Open): Promise<CommandResult> {
    const row = await this.#blobs.get(id)
    const isHere = row !== undefined && row.state !== 'coming'
    if (!isHere && !wanted && !this.#parts.isGoodLink()) return ok({ absent: 'waits' })
    const found = isHere ? row : await this.#fetch(kind, id as BlobId)
    if ('absent' in found) return ok(found)
    const content = await openBlob(this.#parts.local.network, key, found.bytes)
    if (!content) return ok({ absent: 'broken' })
    await this.#blobs.update(id, { usedAt: this.#now })
    return ok({ content })
  }

  /** Two who want the same wait for one. */
  #fetch(kind: MediaKind, id: BlobId): Promise<Fetched> {
    const under = this.#fetching.get(id) ?? this.#fetchOne(kind, id).finally(() => this.#fetching.delete(id))
    this.#fetching.set(id, under)
    return under
  }

  async #fetchOne(kind: MediaKind, id: BlobId): Promise<Fetched> {
    const { line } = this.#parts
    if (!line) return { absent: 'offline' }
    const before = await this.#blobs.get(id)
    const row = { id, kind, sentBytes: 0, usedAt: this.#now }
    const keep = (bytes: Bytes, size: number, state: 'coming' | 'fetched') =>
      this.#put(() => this.#blobs.put({ ...row, bytes, size, state }))
    try {
      const got = await fetchBlob(line, id, before?.bytes ?? new Uint8Array(), (bytes, size) =>
        keep(bytes, size, 'coming'),
      )
      if (got.ok) {
        await makeRoom(this.#database, got.value.length)
        await keep(got.value, got.value.length, 'fetched')
        return { bytes: got.value }
      }
      this.#missedAt.set(id, this.#now)
      if (got.error === 'broken') await this.#blobs.delete(id)
      return { absent: absenceOf(got.error) }
    } catch (error) {
      if (failureOf(error).code === 'diskFull') return { absent: 'full' }
      throw error
    }
  }

  /** What is here and not at the relay any more is to be brought again, whoever made it: nobody else may have it. */
  async #lookAgain(): Promise<void> {
    const { line } = this.#parts
    const { meta } = this.#database
    const looked = Number((await meta.get(lookedKey))?.value ?? 0)
    if (!line || Math.abs(this.#now - looked) < lookAgainMs) return
    const states = this.#parts.isGoodLink() ? ['sent', 'fetched'] : ['sent']
    const rows = await this.#blobs.where('state').anyOf(states).reverse().sortBy('usedAt')
    const ids = rows.slice(0, limits.blobsAsked).map(({ id }) => id)
    const missing = ids.length > 0 ? await missingBlobs(line, ids) : []
    if (!missing) return
    for (const id of missing) await this.#blobs.update(id, { state: 'unsent', sentBytes: 0 })
    await meta.put({ key: lookedKey, value: this.#now })
  }

  /** Oldest first; false when the line is gone. What one relay does not take keeps nothing else from it. */
  async #bringAll(): Promise<boolean> {
    const { line } = this.#parts
    if (!line) return false
    const waiting = await this.#blobs.where('state').equals('unsent').sortBy('usedAt')
    for (const { id } of waiting) {
      const row = await this.#blobs.get(id)
      if (row?.state !== 'unsent' || this.#now - (this.#refusedAt.get(id) ?? 0) < bringAgainMs) continue
      const brought = await bringBlob(line, row, (sentBytes) => this.#blobs.update(id, { sentBytes }))
      if (brought.ok) await this.#blobs.update(id, { state: 'sent', sentBytes: row.size })
      else if (brought.error === 'offline') return false
      else {
        this.#refusedAt.set(id, this.#now)
        await this.#blobs.update(id, { refused: brought.error })
      }
    }
    return true
  }

  /** Voices before pictures, the newest needs first: what is heard may be all that a need says. */
  async #fetchAhead(): Promise<void> {
    const open = (await needsWithMedia(this.#database)).filter(
      ({ cancelled, mediaAt }) => !cancelled && mediaAt > this.#now - aheadMs,
    )
    const voices = open.flatMap(({ voice }) => (voice ? [{ kind: 'voice' as const, id: voice.id }] : []))
    const photos = open.flatMap((need) => need.photos.map(({ id }) => ({ kind: 'photo' as const, id })))
    let left = Math.min(aheadBytes, maxKeptBytes / 2)
    for (const { kind, id } of [...voices, ...photos]) {
      if (left <= 0 || !this.#parts.isGoodLink()) return
      const row = await this.#blobs.get(id)
      if ((row && row.state !== 'coming') || this.#now - (this.#missedAt.get(id) ?? 0) < askAgainMs) continue
      const got = await this.#fetch(kind, id as BlobId)
      if ('bytes' in got) left -= got.bytes.length
      else if (got.absent === 'offline' || got.absent === 'full') return
    }
  }
}
