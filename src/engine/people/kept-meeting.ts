/** The card that this phone shows and that nobody has answered yet. */

import type { DeviceKeys } from '../../crypto/device-keys.ts'
import type { AppDatabase } from '../../storage/database.ts'

/** A card that waits for its welcome. */
export interface Meeting {
  keys: DeviceKeys
  card: string
  nickname: string
  language: string
}

const meetingKey = 'meeting'

export const keptMeeting = async (app: AppDatabase): Promise<Meeting | null> =>
  ((await app.settings.get(meetingKey))?.value as Meeting | undefined) ?? null

export const forgetMeeting = (app: AppDatabase): Promise<void> => app.settings.delete(meetingKey)

export const keepMeeting = async (app: AppDatabase, value: Meeting): Promise<void> => {
  await app.settings.put({ key: meetingKey, value })
}
