/** The invite that waits to be used: what it says, and the two ways in which it ends. */

import { useEffect, useState } from 'preact/hooks'
import { decodeInviteLink } from '../../sync-server/protocol/invite-link.ts'
import { type Door, useDoor } from './door.ts'

export type WaitingInvite =
  | { state: 'none' }
  | { state: 'reading' }
  | { state: 'broken' }
  /** `expiresAt` in ms since 1970; `expired` by this phone's corrected clock, the roster has the last word */
  | {
      state: 'open'
      code: string
      networkName: string
      expiresAt: number
      expired: boolean
      /** one asks by it, and a coordinator answers */
      approval: boolean
      /** under which this phone was in that network before, else '' */
      nickname: string
    }

export interface InviteDoor {
  invite: WaitingInvite
  /** takes a pasted link or code for the waiting one */
  use: (link: string) => void
  /** after joining, or when it is put aside */
  forget: () => void
}

const readInvite = async (code: string, nowMs: number, { app }: Door): Promise<WaitingInvite> => {
  const link = await decodeInviteLink(code)
  if (!link.ok) return { state: 'broken' }
  const expiresAt = link.value.expiresS * 1000
  const { network, networkName, approval } = link.value
  const nickname = (await app.networks.get(network))?.nickname ?? ''
  return { state: 'open', code, networkName, expiresAt, expired: expiresAt < nowMs, approval, nickname }
}

export const useInvite = (): InviteDoor => {
  const door = useDoor()
  const code = door.invite.value
  const [read, setRead] = useState<{ code: string; invite: WaitingInvite } | null>(null)

  useEffect(() => {
    if (code === null) return
    let current = true
    const now = Date.now() + door.status.peek().clockOffsetMs
    void readInvite(code, now, door).then((invite) => {
      if (current) setRead({ code, invite })
    })
    return () => {
      current = false
    }
  }, [code, door])

  const write = (next: string | null) => {
    door.invite.value = next
  }
  const invite: WaitingInvite =
    code === null ? { state: 'none' } : read?.code === code ? read.invite : { state: 'reading' }
  return { invite, use: write, forget: () => write(null) }
}
