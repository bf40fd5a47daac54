/** Fetches a chunk of the engine's code: from the phone once the app is installed there, by the link before that. */

import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { CommandError } from './api.ts'

/**
 * `load`: an `import()`. Where it does not come nothing was done: `offline`, or `unexpected`, whose sentence says to open
 * the app again.
 */
export const fetchCode = async <Code>(load: () => Promise<Code>): Promise<Result<Code, CommandError>> => {
  try {
    return ok(await load())
  } catch (error) {
    if (!navigator.onLine) return fail({ code: 'offline' })
    // a newer release has taken its place, or the browser does not ask twice (https://github.com/whatwg/html/issues/6768)
    return fail({ code: 'unexpected', detail: String(error) })
  }
}
