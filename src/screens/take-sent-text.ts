/** What another app shared: the service worker puts it behind the #, which no relay sees. */

const prefix = '#t='

/** A long chat is read by its beginning: reading must not hold up the finger. */
export const maxReadChars = 20_000

/** The shared text, once, up to {@link maxReadChars}; afterwards the address is without it. '' for none. */
export const takeSentText = (): string => {
  if (!location.hash.startsWith(prefix)) return ''
  const written = location.hash.slice(prefix.length)
  history.replaceState(history.state, '', location.pathname + location.search)
  try {
    return decodeURIComponent(written).slice(0, maxReadChars)
  } catch (reason) {
    console.info('what was shared is cut', reason)
    return written.slice(0, maxReadChars)
  }
}
