/** Invites that this phone made: their links, which nobody else can say again. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkDatabase } from '../../storage/database.ts'

export interface MadeInvite {
  /** private part of the invite key */
  d: Bytes
  link: string
  /** ms since 1970 */
  madeAt: number
  /** a relay holds it: before that the link would open nothing */
  isDelivered: boolean
}

const madeKey = 'madeInvites'
type ById = Record<string, MadeInvite | undefined>

/** By invite id. */
export const madeInvites = async (database: NetworkDatabase): Promise<ById> =>
  ((await database.meta.get(madeKey))?.value ?? {}) as ById

export const keepMadeInvite = (database: NetworkDatabase, id: string, made: MadeInvite): Promise<void> =>
  database.transaction('rw', database.meta, async () => {
    const value = { ...(await madeInvites(database)), [id]: made }
    await database.meta.put({ key: madeKey, value })
  })

/** Nothing of the roster waits for a relay any more: every link may be shown. */
export const showDelivered = (database: NetworkDatabase): Promise<void> =>
  database.transaction('rw', database.meta, database.outbox, database.invites, async () => {
    const made = await madeInvites(database)
    const hidden = Object.entries(made).filter(([, invite]) => invite && !invite.isDelivered)
    if (hidden.length === 0) return
    const left = await database.outbox
      .where({ room: 'roster' })
      .filter(({ delivered }) => delivered === 0)
      .count()
    if (left > 0) return
    for (const [id, invite] of hidden) {
      if (!invite) continue
      made[id] = { ...invite, isDelivered: true }
      await database.invites.update(id, { link: invite.link })
    }
    await database.meta.put({ key: madeKey, value: made })
  })
