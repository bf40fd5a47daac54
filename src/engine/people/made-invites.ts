/** Invites that this phone made: their links, which nobody else can say again. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkDatabase } from '../../storage/database.ts'

/** Its short code, and what is laid down under it. */
export interface MadeCode {
  /** as it is shown */
  text: string
  /** 16 bytes, which its statement names */
  id: Bytes
  box: Bytes
  /** a relay holds the box: before that the code would open nothing */
  isKept: boolean
}

export interface MadeInvite {
  /** private part of the invite key */
  d: Bytes
  link: string
  /** ms since 1970 */
  madeAt: number
  /** a relay holds it: before that the link would open nothing */
  isDelivered: boolean
  /** absent where it has none, or a relay did not take it */
  code?: MadeCode
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

/** Null takes the code away. */
export const keepCode = (database: NetworkDatabase, id: string, code: MadeCode | null): Promise<void> =>
  database.transaction('rw', database.meta, database.invites, async () => {
    const made = await madeInvites(database)
    const { code: _before, ...invite } = made[id] ?? {}
    if (!('link' in invite)) return
    await database.meta.put({ key: madeKey, value: { ...made, [id]: code ? { ...invite, code } : invite } })
    if (code?.isKept) await database.invites.update(id, { code: code.text })
  })

/** Codes that a relay has not taken yet, though it holds their invites. */
export const hasCodesToPut = async (database: NetworkDatabase): Promise<boolean> =>
  Object.values(await madeInvites(database)).some(
    (made) => made?.isDelivered && made.code && !made.code.isKept,
  )

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
