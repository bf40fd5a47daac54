/** What the service worker put into the page stands until the app's own page is there; whoever touches it before is not made to wait. */

/** Then something is wrong, and the app's own page says what. */
const patienceMs = 4000
/** Nothing changed for so long: all parts of the page have come. */
const restMs = 120

type Thing = HTMLAnchorElement | HTMLButtonElement | HTMLInputElement

const thingsIn = (place: Element): Thing[] => [...place.querySelectorAll<Thing>('a, button, input')]
const nameOf = (thing: Thing): string =>
  [thing.tagName, thing.getAttribute('href'), thing.getAttribute('aria-label'), thing.textContent].join(' ')

/** Does on the app's own page what was done on the picture of it. */
const doAgain = (touched: Thing, app: Element): void => {
  const name = nameOf(touched)
  const thing = thingsIn(app).find((one) => nameOf(one) === name)
  thing?.focus()
  if (thing) thing.click()
  else if (touched instanceof HTMLAnchorElement) location.assign(touched.href)
}

export const giveWayToApp = (app: Element): void => {
  const view = document.getElementById('last-view')
  if (!view) return
  let touched: Thing | null = null
  let restTimer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    watcher.disconnect()
    clearTimeout(restTimer)
    clearTimeout(patienceTimer)
    view.remove()
    if (touched) doAgain(touched, app)
  }
  const hasAll = () => app.querySelector('[data-place][data-whole]') !== null && hasBar()
  const hasBar = () => !view.querySelector('.bottom-bar') || app.querySelector('.bottom-bar') !== null
  const look = () => {
    clearTimeout(restTimer)
    if (app.querySelector('.whole-page') || (touched && app.querySelector('[data-place]') && hasBar())) end()
    else if (hasAll()) restTimer = setTimeout(end, restMs)
  }
  const watcher = new MutationObserver(look)
  watcher.observe(app, { childList: true, subtree: true, attributeFilter: ['data-place', 'data-whole'] })
  const patienceTimer = setTimeout(end, patienceMs)
  view.addEventListener(
    'click',
    (event) => {
      const thing = event.target instanceof Element && event.target.closest<Thing>('a, button, input')
      if (!thing) return
      event.preventDefault()
      event.stopPropagation()
      touched = thing
      look()
    },
    { capture: true },
  )
}
