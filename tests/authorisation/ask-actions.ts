/** How one may ask to come in, with which keys and by which link. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import { askProof } from '../../sync-server/protocol/statement-proof.ts'
import type { Seat } from '../support/council.ts'
import { TestList } from '../support/entries.ts'
import { keyPairOf, type TestDevice } from '../support/keys.ts'
import { appendStatement, testTimeS } from '../support/network.ts'
import type { Stage } from './stage.ts'

export interface AskAction {
  /** as the table of `verdicts.md` names it */
  name: string
  invite: string
  /** by whose phone; somebody new without it */
  phone?: 'leaver' | 'member' | 'waiting'
  /** seconds since 1970; before whoever else asked without it */
  atS?: number
  isForged?: boolean
}

/** In the order of the table. */
export const askActions: readonly AskAction[] = [
  { name: 'somebody new by an open link', invite: 'open' },
  { name: 'somebody new by a link with approval', invite: 'careful' },
  { name: 'somebody new by a used link', invite: 'used', atS: testTimeS + 99 },
  { name: 'by a used link, dated before its owner', invite: 'used', atS: testTimeS + 1 },
  { name: 'by a cancelled link', invite: 'dead' },
  { name: 'by an expired link, dated later', invite: 'open', atS: testTimeS + 2000 },
  { name: 'by a link that nobody made', invite: 'invented' },
  { name: 'with a proof by another key than the link’s', invite: 'open', isForged: true },
  { name: 'who is in, by an open link', invite: 'open', phone: 'member' },
  { name: 'who waits, by an open link', invite: 'open', phone: 'waiting' },
  { name: 'who was in, with the same keys, by an open link', invite: 'open', phone: 'leaver' },
]

/** A list of its own with the ask at its beginning; nobody has taken it. */
export const askIn = async (stage: Stage, action: AskAction): Promise<Seat> => {
  const { council } = stage
  const { name, invite, phone, isForged = false, atS } = action
  const made = await council.ask(name, invite, atS ?? testTimeS + 60)
  if (!phone && !isForged) return made
  council.seats.pop()
  const device: TestDevice = phone ? stage.person(phone).device : made.device
  const list = new TestList(council.network.id, rosterRoom, device, phone ? 1 : 0)

  const keys = { signKey: device.signing.raw, receiveKey: device.receiving.raw, atS: atS ?? testTimeS + 60 }
  const key = await keyPairOf(invite)
  const signer = isForged ? device.signing : key
  const proof: Bytes = await signer.sign(askProof(council.network.id, keys))
  await appendStatement(list, { type: 'ask', ...keys, inviteKey: key.raw, proof })
  const seat = { id: device.id, device, list }
  council.seats.push(seat)
  return seat
}
