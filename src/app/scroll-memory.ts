/**
 * Going back shows the same place of a list again, with the focus on the link that was followed, although its rows come from
 * the database a moment after the page.
 */

/** By address: the link that led away from it. */
const followed = new Map<string, string>()
const positions = new Map<string, number>()
const here = (): string => location.pathname + location.search

/** How long rows may take to come before the reader has begun to look elsewhere. */
const patienceMs = 1000

/** Once the screen has come, with the focus on its heading. */
const focusLink = (href: string, leftHeading: Element | null): boolean => {
  const focused = document.activeElement
  const link = document.querySelector<HTMLElement>(`.screen a[href="${CSS.escape(href)}"]`)
  if (focused !== leftHeading && focused?.nodeName === 'H1') link?.focus({ preventScroll: true })
  return link !== null && document.activeElement === link
}

const restore = (target: number, href: string | undefined): void => {
  const leftHeading = document.querySelector('h1')
  const startedAt = performance.now()
  let stopped = false
  const stop = () => {
    stopped = true
  }
  for (const touch of ['wheel', 'touchstart', 'keydown']) {
    addEventListener(touch, stop, { once: true, passive: true })
  }
  const step = () => {
    if (stopped) return
    scrollTo(0, target)
    const reached = Math.abs(scrollY - target) < 2
    const hasFocus = href === undefined || focusLink(href, leftHeading)
    if (!(reached && hasFocus) && performance.now() - startedAt < patienceMs) requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
}

export const rememberScroll = (): void => {
  history.scrollRestoration = 'manual'
  let path = here()
  addEventListener(
    'scroll',
    () => {
      // during a navigation the old page is still there for a moment under the new address
      if (path === here()) positions.set(path, scrollY)
    },
    { passive: true },
  )
  addEventListener('popstate', () => {
    path = here()
    restore(positions.get(path) ?? 0, followed.get(path))
  })
  addEventListener('click', ({ target }) => {
    const href = target instanceof Element && target.closest('.screen a[href]')?.getAttribute('href')
    if (href) followed.set(path, href)
    queueMicrotask(() => {
      path = here()
    })
  })
}
