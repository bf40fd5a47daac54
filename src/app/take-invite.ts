/** Takes an invite out of the address bar: it must not stay in the history or be shared by accident. */

const prefix = '#j='
/** public/take-invite.js, which runs before this script has been fetched, puts it there. */
const key = 'tadamun-invite'

const takenEarly = (): string | null => {
  try {
    return sessionStorage.getItem(key)
  } catch (reason) {
    console.info('no storage for this page', reason)
    return null
  }
}

/** What stands after `#j=`, or null; afterwards the address is without it. */
export const takeInvite = (): string | null => {
  if (!location.hash.startsWith(prefix)) return takenEarly()
  const code = location.hash.slice(prefix.length)
  history.replaceState(null, '', location.pathname + location.search)
  return code
}

/** Once it is kept elsewhere, or put aside. */
export const forgetTakenInvite = (): void => {
  if (takenEarly() !== null) sessionStorage.removeItem(key)
}

/** The one with which this page was opened. */
export const openedWithInvite = takeInvite()
