/**
 * The mirror: a file beside IndexedDB that holds every own entry once more, append only.
 *
 * One record = 4 bytes length ‖ 4 bytes check (SHA-256 of the body) ‖ body, both little endian; body = varText room ·
 * varText list · varUint index · 32 bytes head · varBytes entry. A record that was cut short or does not fit its
 * check ends the reading of that file: everything before it stands.
 */

import { type Bytes, concatBytes, copyBytes, equalBytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { isRoomName, type ListName, parseListName, type RoomName } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { malformed, read } from '../../sync-server/protocol/reader.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'

export interface MirrorRecord {
  room: RoomName
  list: ListName
  index: number
  /** head hash after this entry */
  head: Bytes
  entry: Bytes
}

export interface Mirror {
  /** Resolves once the records are flushed; rejects (disk full) with nothing half written that reading would trip over. */
  append(records: readonly MirrorRecord[]): Promise<void>
  /** Everything that earlier leases and this one wrote, oldest file first. */
  readAll(): Promise<MirrorRecord[]>
  close(): Promise<void>
}

const checkLength = 4
const lengthOf = (length: number): Bytes => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, length, true)
  return bytes
}

export const encodeMirrorRecord = async ({
  room,
  list,
  index,
  head,
  entry,
}: MirrorRecord): Promise<Bytes> => {
  const body = new Writer().varText(room).varText(list).varUint(index).raw(head).varBytes(entry).bytes()
  return concatBytes(lengthOf(body.length), (await sha256(body)).slice(0, checkLength), body)
}

const decodeBody = (body: Bytes): MirrorRecord | null => {
  const parsed = read(body, (reader) => {
    const room = reader.varText(64)
    const list = reader.varText(64)
    const index = reader.varUint()
    const head = reader.take(32)
    if (!isRoomName(room) || !parseListName(list)) malformed('not a place')
    return {
      room: room as RoomName,
      list: list as ListName,
      index,
      head,
      entry: reader.varBytes(limits.entryBytes),
    }
  })
  return parsed.ok ? parsed.value : null
}

/** The records of one file up to the first that is damaged. */
export const decodeMirror = async (file: Uint8Array): Promise<MirrorRecord[]> => {
  const records: MirrorRecord[] = []
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (let at = 0; at + 8 <= file.length; ) {
    const length = view.getUint32(at, true)
    const start = at + 4 + checkLength
    if (start + length > file.length) break
    const body = copyBytes(file.subarray(start, start + length))
    if (!equalBytes((await sha256(body)).subarray(0, checkLength), file.subarray(at + 4, start))) break
    const record = decodeBody(body)
    if (!record) break
    records.push(record)
    at = start + length
  }
  return records
}
