/** Who asks to come in, which invites are open, and who may invite. */

import {
  type InviteRow,
  type NetworkSettings,
  networkSettingsKey,
  type RequestRow,
} from '../storage/schema.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useMe } from './use-network.ts'
import { useNow } from './use-now.ts'

/** The oldest first, what was put off on this phone last; `undefined` until read. */
export const useRequests = (): readonly RequestRow[] | undefined =>
  useLiveQuery(async (database) => {
    const rows = await database.requests.toArray()
    return rows.sort((one, other) => one.declined - other.declined || one.askedAt - other.askedAt)
  })

/** By which somebody can still come in or ask; the one that ends first stands first. */
export const useOpenInvites = (): readonly InviteRow[] | undefined => {
  const now = useNow()
  return useLiveQuery(
    async (database) => {
      const rows = await database.invites.toArray()
      const open = rows.filter(
        ({ cancelled, expiresAt, used, uses }) => !cancelled && expiresAt > now && used < uses,
      )
      return open.sort((one, other) => one.expiresAt - other.expiresAt)
    },
    [now],
  )
}

/** Only coordinators unless the network says otherwise. */
export const useMembersMayInvite = (): boolean => {
  const row = useLiveQuery((database) => database.meta.get(networkSettingsKey))
  return (row?.value as NetworkSettings | undefined)?.membersMayInvite ?? false
}

/** `null`: may not invite; undefined before the roster has come. */
export const useMayInvite = (): 'anybody' | 'onApproval' | null | undefined => {
  const me = useMe()
  const membersMay = useMembersMayInvite()
  if (!me) return undefined
  if (me.end !== null) return null
  if (me.role === 'coordinator') return 'anybody'
  return me.role === 'member' && membersMay ? 'onApproval' : null
}
