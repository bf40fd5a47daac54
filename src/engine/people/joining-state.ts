/** How it stands with a device that asked to be let in, for its own screen. */

import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import type { DeviceKeys } from '../../crypto/device-keys.ts'
import { invitePublic } from '../../crypto/invite-keys.ts'
import type { Joining } from '../api.ts'
import type { KeptInvite } from '../joining.ts'
import { joiningWords } from './joining-words.ts'

export interface JoiningView {
  network: NetworkId
  keys: DeviceKeys
  invite: KeptInvite
  roster: Roster
  /** the relay does not take the ask */
  isStranger: boolean
  nowMs: number
}

/** Null once this device is in. `problem`: the ask was refused; `isOver`: by our clock the link's time has passed. */
export const joiningState = async (view: JoiningView): Promise<(Joining & { isOver: boolean }) | null> => {
  const { network, keys, invite, roster, isStranger, nowMs } = view
  if (roster.devices.has(keys.device)) return null
  const reason = roster.devices.size > 0 ? roster.askers.get(keys.device)?.reason : undefined
  // with approval, one who comes after the last use is not turned away: a coordinator decides
  const mayWait = reason === 'approval' || (invite.approval === true && reason === 'used')
  const isRefused = (reason !== undefined && !mayWait) || isStranger
  const isOver = invite.expiresS * 1000 < nowMs
  const why = isOver || reason === 'expired' ? 'inviteExpired' : 'inviteUsed'
  const asker = { signKey: keys.signPublic, receiveKey: keys.receivePublic }
  return {
    networkName: invite.networkName,
    problem: isRefused ? why : null,
    reason: reason ?? null,
    words: invite.approval ? await joiningWords(network, asker, invitePublic(copyParts(invite))) : null,
    isOver: isOver && !mayWait,
  }
}

const copyParts = ({ d, x, y }: KeptInvite) => ({
  d: new Uint8Array(d),
  x: new Uint8Array(x),
  y: new Uint8Array(y),
})
