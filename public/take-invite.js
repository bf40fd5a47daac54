// biome-ignore-all lint/complexity/useArrowFunction: read before anything says how old the browser is
// biome-ignore-all lint/complexity/useOptionalChain: the same
// biome-ignore-all lint/style/useTemplate: the same
/*
 * Runs before all else: an invite leaves the address bar at once, not when the app has been fetched (src/app/take-invite.ts
 * takes it over); and a browser that cannot read the app's scripts shows the sentence of index.html that says so.
 */
;(function () {
  var isTaken = false
  if (location.hash.indexOf('#j=') === 0) {
    try {
      // a page that is loaded again while the app is still on its way must find it
      sessionStorage.setItem('tadamun-invite', location.hash.slice(3))
      isTaken = true
    } catch (reason) {
      // storage is forbidden here: it stays where it is until the app takes it
      console.info(reason)
    }
  }
  if (isTaken) history.replaceState(null, '', location.pathname + location.search)

  var isTooOld = !('noModule' in document.createElement('script'))
  var say = function () {
    var sentence = document.getElementById('too-old')
    if (!isTooOld || !sentence) return
    sentence.removeAttribute('hidden')
    // whoever takes the address to another browser takes the invite along
    if (isTaken) location.hash = 'j=' + sessionStorage.getItem('tadamun-invite')
  }
  window.addEventListener('error', function (event) {
    if (!/SyntaxError/.test(event.message)) return
    isTooOld = true
    say()
  })
  document.addEventListener('DOMContentLoaded', say)
})()
