/** A page that was open during a new release asks for files that are gone: it loads itself again, once. */

const key = 'reloaded-for-chunk'

/** Not when offline (nothing would come), and not twice within a minute (it would loop). */
export const reloadForMissingChunk = (): void => {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0)
    if (!navigator.onLine || Date.now() - last < 60_000) return
    event.preventDefault()
    sessionStorage.setItem(key, String(Date.now()))
    location.reload()
  })
}
