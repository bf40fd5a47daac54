/** Fetches the code of `rare-acts.ts`: from the phone once the app is installed there, by the link before that. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { CommandError } from '../api.ts'

type RareActs = typeof import('./rare-acts.ts')

/** Where it does not come nothing was done: `offline`, or `unexpected`, whose sentence says to open the app again. */
export const fetchRareActs = async (): Promise<Result<RareActs, CommandError>> => {
  try {
    return ok(await import('./rare-acts.ts'))
  } catch (error) {
    if (!navigator.onLine) return fail({ code: 'offline' })
    // a newer release has taken its place, or the browser does not ask twice (https://github.com/whatwg/html/issues/6768)
    return fail({ code: 'unexpected', detail: String(error) })
  }
}
