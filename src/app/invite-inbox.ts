/** The invite that waits to be used: kept in the app's database, so that it survives a reload or an interruption. */

import { type Signal, signal } from '@preact/signals'
import { decodeInviteLink } from '../../sync-server/protocol/invite-link.ts'
import type { AppDatabase } from '../storage/database.ts'
import { forgetTakenInvite, openedWithInvite, takeInvite } from './take-invite.ts'

const key = 'invite'

/** A broken one is shown once, with what to do, and not kept. */
const keep = async (app: AppDatabase, code: string): Promise<void> => {
  if ((await decodeInviteLink(code)).ok) await app.settings.put({ key, value: code })
  forgetTakenInvite()
}

/** Setting the signal to null forgets it for good. */
export const openInviteInbox = async (app: AppDatabase): Promise<Signal<string | null>> => {
  const stored = openedWithInvite ?? (await app.settings.get(key))?.value
  const invite = signal(typeof stored === 'string' ? stored : null)
  let before: string | null = openedWithInvite === null ? invite.peek() : null
  invite.subscribe((code) => {
    if (code !== null && code !== before) void keep(app, code)
    if (code === null && before !== null) {
      forgetTakenInvite()
      void app.settings.delete(key)
    }
    before = code
  })
  // an installed app that is already open gets its link as a change of the fragment
  window.addEventListener('hashchange', () => {
    const code = takeInvite()
    if (code !== null) invite.value = code
  })
  return invite
}
