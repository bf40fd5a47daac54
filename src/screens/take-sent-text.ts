/** What another app shared: the service worker puts it behind the #, which no relay sees. */

const prefix = '#t='

/** The shared text, once; afterwards the address is without it. '' for none. */
export const takeSentText = (): string => {
  if (!location.hash.startsWith(prefix)) return ''
  const written = location.hash.slice(prefix.length)
  history.replaceState(history.state, '', location.pathname + location.search)
  try {
    return decodeURIComponent(written)
  } catch (reason) {
    console.info('what was shared is cut', reason)
    return written
  }
}
