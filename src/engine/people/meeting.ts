/** Face to face, the joiner's side: keys are made, a card is shown, and what is shown back opens the network. */

import { encodeMeetingCard } from '../../../sync-server/protocol/meeting-card.ts'
import { cardProof } from '../../../sync-server/protocol/statement-proof.ts'
import { createDeviceKeys } from '../../crypto/device-keys.ts'
import { sign } from '../../crypto/sign.ts'
import type { AppDatabase } from '../../storage/database.ts'
import { keepMeeting, keptMeeting, type Meeting } from './kept-meeting.ts'

/** The keys of a card that was shown before stay: it may have been scanned already. */
export const beginMeeting = async (
  app: AppDatabase,
  nickname: string,
  language: string,
): Promise<Meeting> => {
  const keys = (await keptMeeting(app))?.keys ?? (await createDeviceKeys())
  const pair = { signKey: keys.signPublic, receiveKey: keys.receivePublic }
  const proof = await sign(keys.signKey, cardProof(pair))
  const card = await encodeMeetingCard({ ...pair, proof, nickname })
  const value: Meeting = { keys, card, nickname, language }
  await keepMeeting(app, value)
  return value
}
