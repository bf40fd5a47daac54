/** One exchange at a time on this phone: the engine goes first, and the service worker breaks off. */

import { exchangeLock } from '../storage/schema.ts'

/**
 * Runs the job while nobody else on this phone exchanges. Whoever holds the lock loses it: a service worker may be
 * waiting on a line that is dead, and another engine has lost its lease already. A job whose lock is taken away goes on.
 */
export const exchangeAlone = <Value>(job: () => Promise<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    let hasBegun = false
    navigator.locks
      .request(exchangeLock, { steal: true }, () => {
        hasBegun = true
        return job().then(resolve, reject)
      })
      .catch((error: unknown) => {
        // without the lock an exchange is as right as with it, and only costs twice
        if (!hasBegun) job().then(resolve, reject)
        else console.info('another exchange has begun', error)
      })
  })
