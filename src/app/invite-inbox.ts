/** The invite that waits to be used: kept in the app's database, so that it survives a reload or an installation step. */

import { type Signal, signal } from '@preact/signals'
import type { AppDatabase } from '../storage/database.ts'
import { openedWithInvite, takeInvite } from './take-invite.ts'

const key = 'invite'

/** Setting the signal to null forgets it for good. */
export const openInviteInbox = (app: AppDatabase): Signal<string | null> => {
  const invite = signal<string | null>(openedWithInvite)
  const keep = (code: string | null) =>
    code === null ? app.settings.delete(key) : app.settings.put({ key, value: code })

  if (openedWithInvite === null) {
    void app.settings.get(key).then((row) => {
      if (typeof row?.value === 'string' && invite.peek() === null) invite.value = row.value
    })
  }
  let first = true
  invite.subscribe((code) => {
    // nothing to forget before the first one is read
    if (!first || code !== null) void keep(code)
    first = false
  })
  // an installed app that is already open gets its link as a change of the fragment
  window.addEventListener('hashchange', () => {
    const code = takeInvite()
    if (code !== null) invite.value = code
  })
  return invite
}
