/**
 * The welcome: what a coordinator shows back to who came with a card, everything that a phone needs to be in.
 *
 *     4 bytes   `TDW1`
 *     32 bytes  SHA-256 of genesis's public part
 *     varText   origin of the relay, empty for the one that serves the app
 *     varText   the network's name
 *     varUint n, then n × varBytes: the roster room as updates [R2]
 *     4 bytes   SHA-256 of all before
 *
 * Nothing in it is believed for being there: the updates go through the gate like everything.
 */

import {
  type Bytes,
  concatBytes,
  copyBytes,
  equalBytes,
  sha256,
  toBase64url,
  utf8,
} from '../../../sync-server/protocol/bytes.ts'
import { idLength, type NetworkId, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import { isRelayOrigin } from '../../../sync-server/protocol/invite-link.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { malformed, read } from '../../../sync-server/protocol/reader.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { buildUpdate, type Run } from '../../../sync-server/protocol/update.ts'
import { Writer } from '../../../sync-server/protocol/writer.ts'
import type { Replica } from '../replica.ts'

export interface Welcome {
  network: NetworkId
  relay: string
  networkName: string
  /** of the roster room */
  updates: Bytes[]
}

const mark = utf8('TDW1')
const checkLength = 4

/** All that this phone holds of the roster room. */
export const rosterRuns = async (replica: Replica): Promise<Run[]> => {
  const lists = [...(await replica.held.ofRoom(rosterRoom)).values()].filter(({ length }) => length > 0)
  const runs = await Promise.all(lists.map(({ list }) => replica.runFrom(rosterRoom, list, 0)))
  return runs.filter((run) => run !== null)
}

export const encodeWelcome = async (welcome: {
  /** public part */
  genesis: Bytes
  relay: string
  networkName: string
  runs: readonly Run[]
}): Promise<Bytes> => {
  const { genesis, relay, networkName, runs } = welcome
  const writer = new Writer()
    .raw(mark)
    .raw(await sha256(genesis))
    .varText(relay)
    .varText(networkName)
  writer.varUint(runs.length)
  for (const run of runs) writer.varBytes(buildUpdate([run]))
  const body = writer.bytes()
  return concatBytes(body, (await sha256(body)).slice(0, checkLength))
}

export const decodeWelcome = async (bytes: Uint8Array): Promise<Result<Welcome, 'broken'>> => {
  if (bytes.length <= mark.length + checkLength || bytes.length > limits.requestBytes) return fail('broken')
  const body = copyBytes(bytes.subarray(0, -checkLength))
  if (!equalBytes((await sha256(body)).slice(0, checkLength), bytes.subarray(-checkLength)))
    return fail('broken')
  const parsed = read(body, (reader): Welcome => {
    if (!equalBytes(reader.take(mark.length), mark)) malformed('no welcome')
    const network = toBase64url(reader.take(32).subarray(0, idLength)) as NetworkId
    const relay = reader.varText(200)
    if (relay !== '' && !isRelayOrigin(relay)) malformed('not an origin')
    const networkName = reader.varText(400)
    const updates: Bytes[] = []
    const count = reader.count(1)
    for (let i = 0; i < count; i++) updates.push(reader.varBytes(limits.updateBytes))
    return { network, relay, networkName, updates }
  })
  return parsed.ok ? ok(parsed.value) : fail('broken')
}
