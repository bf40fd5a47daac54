/** Who can open what: nobody holds a current key who should not, and what is written now is sealed under one. */

import { keyIdOfHash } from '../../src/engine/keyring.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { type AudienceName, audiences, audiencesOfRole } from '../../sync-server/protocol/statement.ts'
import { buildUpdate, runsOf } from '../../sync-server/protocol/update.ts'
import type { Phone } from '../support/phone.ts'
import { coordinatorOf, deviceOf, readersOf } from './truth.ts'
import { insist, type Village } from './village.ts'

const currentIds = ({ chains, current }: Roster): Map<AudienceName, string> =>
  new Map(audiences.map((name) => [name, keyIdOfHash(chains[name][current[name]] ?? new Uint8Array())]))

/** The whole roster of all relays comes to this phone by another way than from them. */
export const carryRoster = async ({ relays, network }: Village, { local }: Phone): Promise<void> => {
  for (const { store } of relays) {
    const { entries } = await store.readSince(network, rosterRoom, 0, 1e9)
    for (const run of runsOf(entries))
      await local.database.inbox.add({
        room: rosterRoom,
        update: buildUpdate([run]),
        source: 'packet',
        parked: 0,
      })
  }
  await local.replica.drain()
}

/** Also who gets hold of all bytes of the roster opens no key of a circle that he is not in. */
export const insistKeys = async (village: Village, truth: Roster): Promise<void> => {
  if (!coordinatorOf(village, truth)) return
  insist(truth.stale.length === 0, `keys that somebody has who should not are changed (${truth.stale})`)
  const ids = currentIds(truth)
  for (const resident of village.residents) {
    const device = deviceOf(resident)
    if (!device) continue
    const { phone } = resident
    const role = truth.devices.get(device)?.role
    if (!role && !truth.former.has(device)) continue
    if (!role) await carryRoster(village, phone)
    const held = new Set((await phone.local.database.keys.toArray()).map(({ keyId }) => keyId))
    for (const [audience, id] of ids) {
      const isEntitled = role !== undefined && audiencesOfRole[role].includes(audience)
      const whose = `${phone.name} (${role ?? truth.former.get(device)?.end})`
      insist(
        held.has(id) === isEntitled,
        `${whose} ${isEntitled ? 'holds' : 'cannot open'} the key of ${audience}`,
      )
    }
  }
}

export const insistSealedUnderCurrent = async (village: Village, truth: Roster): Promise<void> => {
  if (!coordinatorOf(village, truth)) return
  const id = currentIds(truth).get('members')
  for (const { phone } of readersOf(village, truth)) {
    const recordId = await phone.addNeed(village.text('أخيراً'))
    const operations = await phone.local.database.operations.where({ recordId }).toArray()
    for (const { keyId } of operations) insist(keyId === id, `${phone.name} seals under the current key`)
  }
}
