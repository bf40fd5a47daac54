/** Keeps what Today and the board look like, so that the next start shows it at once (docs/decisions/0037). */

import type { ReadonlySignal } from '@preact/signals'
import arabicFont from '../assets/arabic.woff2'
import {
  type FirstPlace,
  type LastView,
  lastViewCache,
  lastViewPath,
  type NetworkRow,
  placeName,
} from '../storage/schema.ts'
import type { FirstFiles } from './routes.tsx'

/** Nobody has touched the page for so long. */
const restMs = 2000
/** What runs out of the screen, downwards or sideways. */
const rows = '.records, .scrolls'

const rootAttributes = ['lang', 'dir', 'data-theme', 'data-text', 'data-font']

/** What is heard or opens over the page, and what the content security policy would not show. */
const leftOut = '[role="status"], [role="alert"], dialog, audio, video, img, .more-rows'

/** Of a list as many as a whole screen shows, whatever of it is in sight now: each element more keeps the first paint back. */
const shownOf = ({ children, scrollHeight, scrollWidth }: Element): number => {
  const along = Math.min(screen.height / scrollHeight, 1) * Math.min(screen.width / scrollWidth, 1)
  return Math.ceil(children.length * along) + 1
}

const htmlOf = (part: Element): string => {
  const copy = part.cloneNode(true) as Element
  const copied = copy.querySelectorAll(rows)
  for (const [place, list] of part.querySelectorAll(rows).entries())
    for (const row of [...(copied[place]?.children ?? [])].slice(shownOf(list))) row.remove()
  for (const element of copy.querySelectorAll(leftOut)) element.remove()
  for (const element of copy.querySelectorAll('[style]')) element.removeAttribute('style')
  for (const input of copy.querySelectorAll('input')) {
    input.toggleAttribute('checked', input.checked)
    // two groups of one name would be one
    input.removeAttribute('name')
    input.readOnly = true
  }
  return copy.outerHTML
}

/** Whether this page is written in our letters: not so with data saved, nor where the system's own stand before them. */
const hasFont = (): boolean =>
  [...document.fonts].some(({ family, status }) => family.includes('Tadamun') && status === 'loaded')

const iconsIn = (html: string): Record<string, string> => {
  const ids = new Set([...html.matchAll(/href="#(icon-\w+)"/g)].map(([, id]) => id))
  const symbols = [...document.querySelectorAll('.sprite symbol')].filter(({ id }) => ids.has(id))
  return Object.fromEntries(symbols.map(({ id, outerHTML }) => [id, outerHTML]))
}

const linksFor = (place: FirstPlace, files: FirstFiles | null): LastView['links'] => {
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')]
  const styles = sheets.map(({ href }) => new URL(href).pathname)
  const scripts = files?.place === place ? files.scripts : []
  return [
    // asked for at once, so that nothing is laid out twice; without `crossorigin` they would be fetched twice
    ...(hasFont() ? [{ attributes: 'rel="preload" as="font" crossorigin', href: arabicFont }] : []),
    ...styles.map((href) => ({ attributes: 'rel="stylesheet"', href })),
    ...scripts.map((href) => ({ attributes: 'rel="modulepreload" crossorigin', href })),
  ]
}

/** `shown`: the screen of a place that is there whole. */
const present = (of: string, shown: HTMLElement, links: LastView['links']): LastView => {
  const bar = document.querySelector('#app .bottom-bar')
  const page = document.documentElement
  const root = rootAttributes.flatMap((name) => {
    const value = page.getAttribute(name)
    return value === null ? [] : [[name, value]]
  })
  const html = htmlOf(shown) + (bar ? htmlOf(bar) : '')
  return {
    of,
    root: Object.fromEntries(root),
    links,
    icons: iconsIn(html),
    html,
  }
}

/** What another network of this phone looked like is nothing for who looks now. */
const forgetOthers = async (place: string | null): Promise<void> => {
  const cache = await caches.open(lastViewCache)
  for (const request of await cache.keys()) {
    const view: LastView | undefined = await (await cache.match(request))?.json()
    if (view?.of !== place) await cache.delete(request)
  }
}

const complain = (reason: unknown): void => console.warn('what was last seen is not kept', reason)

/** From now on, each time the page comes to rest and when it is left. A start without it is slower, and nothing else. */
export const keepLastViews = (
  network: ReadonlySignal<NetworkRow | null | undefined>,
  files: FirstFiles | null,
): void => {
  if (!('caches' in globalThis)) return
  let last = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  const keep = async () => {
    clearTimeout(timer)
    const row = network.peek()
    const shown = document.querySelector<HTMLElement>('#app [data-place][data-whole]')
    if (!row || !shown) return
    const place = shown.dataset.place as FirstPlace
    const text = JSON.stringify(present(placeName(row), shown, linksFor(place, files)))
    if (text === last) return
    last = text
    await (await caches.open(lastViewCache)).put(lastViewPath(place), new Response(text))
    // it may have been left meanwhile
    const now = network.peek()
    await forgetOthers(now ? placeName(now) : null)
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => keep().catch(complain), restMs)
  }
  network.subscribe((row) => {
    clearTimeout(timer)
    last = ''
    if (row !== undefined) forgetOthers(row && placeName(row)).catch(complain)
  })
  const app = document.getElementById('app')
  if (app) new MutationObserver(soon).observe(app, { childList: true, subtree: true, characterData: true })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep().catch(complain)
  })
  soon()
}
