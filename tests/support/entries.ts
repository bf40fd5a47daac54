/** Signed entries and lists of them, sealed for real or filled with bytes that only look sealed. */
import { importSealingKey, seal } from '../../src/crypto/seal.ts'
import { type Bytes, concatBytes, sha256, utf8 } from '../../sync-server/protocol/bytes.ts'
import {
  contextOf,
  encodeUnsigned,
  entryKind,
  headHash,
  noHead,
  type Position,
  type Sealed,
  signedBytes,
} from '../../sync-server/protocol/entry.ts'
import {
  clientOfList,
  type ListKey,
  type ListName,
  listNameOf,
  type NetworkId,
  type RoomName,
} from '../../sync-server/protocol/ids.ts'
import { buildUpdate, type Run } from '../../sync-server/protocol/update.ts'
import type { TestDevice } from './keys.ts'

/** What an entry says before it is sealed and signed. */
export interface EntryContent {
  kind?: number
  publicPart?: Bytes
  /** sealed under `key`, 32 bytes; without a key nothing is sealed for real */
  plaintext?: Bytes
  key?: Bytes
}

/** Bytes with the shape of a sealed part, the same for the same text; no key opens them. */
export const sealedShape = async (text: string, length = 48): Promise<Sealed> => {
  const ciphertext = new Uint8Array(length)
  for (let at = 0, block = 0; at < length; block++) {
    const bytes = (await sha256(utf8(`${text}/${block}`))).subarray(0, length - at)
    ciphertext.set(bytes, at)
    at += bytes.length
  }
  const hash = await sha256(utf8(text))
  return { keyId: hash.slice(0, 8), nonce: hash.slice(8, 20), ciphertext }
}

export const signEntry = async (
  device: TestDevice,
  position: Position,
  unsigned: Bytes,
  salt = 0,
): Promise<Bytes> => concatBytes(unsigned, await device.signing.sign(signedBytes(position, unsigned), salt))

/** One list as its author writes it: entries, heads, and the runs and updates that carry them. */
export class TestList {
  readonly network: NetworkId
  readonly room: RoomName
  readonly device: TestDevice
  readonly key: ListKey
  readonly entries: Bytes[] = []
  readonly heads: Bytes[] = []

  constructor(network: NetworkId, room: RoomName, device: TestDevice, generation = 0) {
    this.network = network
    this.room = room
    this.device = device
    this.key = { device: device.id, generation }
  }

  get name(): ListName {
    return listNameOf(this.key)
  }

  get client(): number {
    return clientOfList(this.key)
  }

  get length(): number {
    return this.entries.length
  }

  get head(): Bytes {
    return this.heads.at(-1) ?? noHead()
  }

  /** Where the entry of this index stands. */
  positionAt(index: number): Position {
    const previous = this.heads[index - 1] ?? noHead()
    return { network: this.network, room: this.room, list: this.key, index, previous }
  }

  /** Seals (or pretends to), signs and appends; gives the entry's bytes. */
  async append(content: EntryContent = {}): Promise<Bytes> {
    const position = this.positionAt(this.length)
    const kind = content.kind ?? entryKind.record
    const publicPart = content.publicPart ?? new Uint8Array()
    const sealed = content.key
      ? await seal(
          await importSealingKey(content.key),
          contextOf(position),
          kind,
          publicPart,
          content.plaintext ?? new Uint8Array(),
        )
      : kind === entryKind.record
        ? await sealedShape(`${this.name}/${this.length}`)
        : null
    return this.appendUnsigned(encodeUnsigned(kind, publicPart, sealed))
  }

  /** Another salt gives another signature over the same bytes. */
  async appendUnsigned(unsigned: Bytes, salt = 0): Promise<Bytes> {
    const position = this.positionAt(this.length)
    const entry = await signEntry(this.device, position, unsigned, salt)
    this.heads.push(await headHash(position, unsigned))
    this.entries.push(entry)
    return entry
  }

  /** Another history of the same device that shares the first `length` entries. */
  fork(length: number): TestList {
    const branch = new TestList(this.network, this.room, this.device, this.key.generation)
    branch.entries.push(...this.entries.slice(0, length))
    branch.heads.push(...this.heads.slice(0, length))
    return branch
  }

  run(from = 0, to = this.length): Run {
    const entries = this.entries.slice(from, to)
    return { client: this.client, list: from === 0 ? this.name : null, fromIndex: from, entries }
  }

  update(from = 0, to = this.length): Bytes {
    return buildUpdate([this.run(from, to)])
  }
}
