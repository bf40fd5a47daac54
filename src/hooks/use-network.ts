/** The network on the screen, its members, and who of them I am. */

import type { MemberRow, NetworkRow } from '../storage/schema.ts'
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

/** In the order of admission; `undefined` until read. */
export const useMembers = (): readonly MemberRow[] | undefined =>
  useLiveQuery(async (database) => {
    const members = await database.members.toArray()
    return members.sort((one, other) => one.seniority - other.seniority)
  })

/** Members by device id: whose name stands on a record. */
export const useMembersById = (): ReadonlyMap<string, MemberRow> => {
  const byId = useLiveQuery(
    async (database) =>
      new Map((await database.members.toArray()).map((member) => [String(member.deviceId), member])),
  )
  return byId ?? noMembers
}

const noMembers: ReadonlyMap<string, MemberRow> = new Map()

/** Undefined before the roster has come. */
export const useMe = (): MemberRow | undefined => {
  const device = useNetwork()?.deviceId
  return useLiveQuery(
    async (database) => (device === undefined ? undefined : database.members.get(device)),
    [device],
  )
}
