/** What the service worker put into the page stands until the app's own page is there; whoever touches it before is not made to wait. */

/** So long after the app's page has begun something is wrong with it; what, it says itself. */
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
  const { pathname } = location
  let touched: Thing | null = null
  let restTimer: ReturnType<typeof setTimeout> | undefined
  let patienceTimer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    watcher.disconnect()
    clearTimeout(restTimer)
    clearTimeout(patienceTimer)
    view.remove()
    if (touched) doAgain(touched, app)
  }
  const has = (selector: string) => app.querySelector(selector) !== null
  const hasBar = () => !view.querySelector('.bottom-bar') || has('.bottom-bar')
  const look = () => {
    clearTimeout(restTimer)
    const isElsewhere = location.pathname !== pathname && has('.screen')
    if (has('.whole-page') || isElsewhere || (touched && has('[data-place]') && hasBar())) return end()
    if (has('[data-whole]') && hasBar()) restTimer = setTimeout(end, restMs)
    if (has('.screen')) patienceTimer ??= setTimeout(end, patienceMs)
  }
  const watcher = new MutationObserver(look)
  watcher.observe(app, { childList: true, subtree: true, attributeFilter: ['data-place', 'data-whole'] })
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
