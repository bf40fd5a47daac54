/** Fuzz target of packets: what is taken reads back, and costs no more steps than it has bytes. */
import { isDeepStrictEqual } from 'node:util'
import { type Bytes, concatBytes, equalBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  type DeviceId,
  type NetworkId,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import { type Packet, packetBody, parsePacket, type ReadPacket } from '../../sync-server/protocol/packet.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'
import { parseWithin } from './decoder-bounds.ts'
import { type FuzzTarget, promise } from './fuzz.ts'
import { fillBytes } from './mutations.ts'

const tailBytes = 68

const packet: Packet = {
  network: toBase64url(fillBytes(16, 1)) as NetworkId,
  sender: toBase64url(fillBytes(16, 2)) as DeviceId,
  atMs: Date.UTC(2026, 10, 20),
  relay: 'https://relay.example',
  rooms: [
    { room: rosterRoom, updates: [fillBytes(90, 3), fillBytes(40, 4)] },
    { room: '2026-11' as RoomName, updates: [fillBytes(60, 5)] },
  ],
  has: [
    {
      room: rosterRoom,
      lists: [
        { client: 2 ** 53 - 1, length: 4, head: fillBytes(4, 6) },
        { client: 3, length: 2 ** 31, head: fillBytes(4, 7) },
      ],
    },
    { room: boardRoom, lists: [] },
  ],
  isPartial: true,
}

const signed = (body: Uint8Array): Bytes => concatBytes(body, fillBytes(tailBytes, 8))

/** As a later version would write it: a part that this one does not know stands between those that it knows. */
const withLaterPart = (): Bytes => {
  const body = packetBody({ ...packet, rooms: [], has: [], isPartial: false })
  const head = body.subarray(0, 20)
  const rest = body.subarray(21)
  return signed(new Writer().raw(head).varUint(3).varUint(77).varBytes(fillBytes(12, 9)).raw(rest).bytes())
}

const said = ({ signature, unsigned, ...rest }: ReadPacket): unknown => ({ ...rest, signature })

export const packetTarget = (): FuzzTarget => ({
  name: 'packet',
  inputs: 100_000,
  corpus: [
    signed(packetBody(packet)),
    signed(packetBody({ ...packet, rooms: [], relay: '', isPartial: false })),
    withLaterPart(),
  ],
  judge(bytes) {
    const { result, reads, copied } = parseWithin(bytes, parsePacket)
    promise(reads + copied <= bytes.length, `${reads} reads and ${copied} bytes copied of ${bytes.length}`)
    if (!result.ok) return false
    const { signature, unsigned } = result.value
    promise(equalBytes(concatBytes(unsigned, signature), bytes.slice(0, -4)), 'not all of it is signed')
    const again = concatBytes(packetBody(result.value), signature, bytes.slice(-4))
    promise(again.length <= bytes.length, 'more than was sent')
    const back = parsePacket(again)
    promise(back.ok && isDeepStrictEqual(said(back.value), said(result.value)), 'it does not read back')
    return true
  },
})
