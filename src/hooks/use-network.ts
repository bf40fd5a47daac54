/** The network on the screen, its people, and who of them I am. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type MemberRow, type NetworkRow, restoredKey } from '../storage/schema.ts'
import { useDoor } from './door.ts'
import { useAppQuery, useLiveQuery } from './use-live-query.ts'

/** null: this phone is in none; undefined: not read yet. */
export const useNetwork = (): NetworkRow | null | undefined => useDoor().network.value

/** Networks of this phone besides the one on the screen, the one in use last first. */
export const useOtherNetworks = (): readonly NetworkRow[] => {
  const current = useNetwork()?.networkId
  const rows = useAppQuery((app) => app.networks.toArray())
  const others = (rows ?? []).filter(({ networkId }) => networkId !== current)
  return others.sort((one, other) => other.usedAt - one.usedAt)
}

/** By what my things are mine, whichever of my phones wrote them; undefined before the network is read. */
export const useMyId = (): DeviceId | undefined => {
  const network = useNetwork()
  return network?.memberId ?? network?.deviceId
}

/** Who is in the network now, in the order of admission; `undefined` until read. */
export const useMembers = (): readonly MemberRow[] | undefined =>
  useLiveQuery(async (database) => {
    const people = await database.members.toArray()
    return people.filter(({ end }) => end === null).sort((one, other) => one.seniority - other.seniority)
  })

/** Also those who are not in any more: whose name stands on a record. */
export const useMembersById = (): ReadonlyMap<string, MemberRow> => {
  const byId = useLiveQuery(
    async (database) =>
      new Map((await database.members.toArray()).map((member) => [String(member.deviceId), member])),
  )
  return byId ?? noMembers
}

const noMembers: ReadonlyMap<string, MemberRow> = new Map()

/**
 * Undefined before the roster has come. Who reads his own backup is known by it and is not in: nothing that takes a place
 * in the network is offered to him.
 */
export const useMe = (): MemberRow | undefined => {
  const me = useMyId()
  return useLiveQuery(
    async (database) => {
      const row = me === undefined ? undefined : await database.members.get(me)
      const isRestored = row && (await database.meta.get(restoredKey)) !== undefined
      return isRestored ? { ...row, end: row.end ?? 'left' } : row
    },
    [me],
  )
}
