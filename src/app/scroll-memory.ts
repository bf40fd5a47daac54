/** Going back shows the same place of a list again, although its rows come from the database a moment after the page. */

const positions = new Map<string, number>()
const here = (): string => location.pathname + location.search

/** How long rows may take to come before the reader has begun to look elsewhere. */
const patienceMs = 1000

const restore = (target: number): void => {
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
    if (!reached && performance.now() - startedAt < patienceMs) requestAnimationFrame(step)
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
    restore(positions.get(path) ?? 0)
  })
  addEventListener('click', () => {
    queueMicrotask(() => {
      path = here()
    })
  })
}
