// biome-ignore-all lint/complexity/useArrowFunction: read before anything says how old the browser is
/* Runs before all else: an invite leaves the address bar at once, not when the app has been fetched. src/app/take-invite.ts takes it over. */
;(function () {
  if (location.hash.indexOf('#j=') !== 0) return
  try {
    // a page that is loaded again while the app is still on its way must find it
    sessionStorage.setItem('tadamun-invite', location.hash.slice(3))
  } catch (reason) {
    // storage is forbidden here: it stays where it is until the app takes it
    console.info(reason)
    return
  }
  history.replaceState(null, '', location.pathname + location.search)
})()
