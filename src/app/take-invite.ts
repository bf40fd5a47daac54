/** Takes an invite out of the address bar, before anything else runs: it must not stay in the history or be shared by accident. */

const prefix = '#j='

/** What stands after `#j=`, or null; afterwards the address is without it. */
export const takeInvite = (): string | null => {
  if (!location.hash.startsWith(prefix)) return null
  const code = location.hash.slice(prefix.length)
  history.replaceState(null, '', location.pathname + location.search)
  return code
}

/** The one with which this page was opened. */
export const openedWithInvite = takeInvite()
