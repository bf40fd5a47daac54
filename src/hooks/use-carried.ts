/** Packets of other networks that wait on this phone to be handed on. */

import { type CarriedPacket, carriedKey } from '../storage/carried.ts'
import { useAppQuery } from './use-live-query.ts'

/** undefined before they are read; the one that came first is first. */
export const useCarried = (): readonly CarriedPacket[] | undefined =>
  useAppQuery(async ({ drafts }) => {
    const rows = await drafts.where('key').startsWith(carriedKey).toArray()
    return rows.sort((a, b) => a.savedAt - b.savedAt).map(({ value }) => value as CarriedPacket)
  })
