/** Puts what a place looked like when it was last seen into the page, so that there is something to read before the app is there. */

import {
  type FirstPlace,
  firstPlaceAt,
  type LastView,
  lastViewCache,
  lastViewPath,
} from '../storage/schema.ts'

const keptView = async (place: FirstPlace): Promise<LastView | undefined> => {
  const kept = await (await caches.open(lastViewCache)).match(lastViewPath(place))
  return kept && (await kept.json())
}

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** As functions: `$` has a meaning in what `replace` is given as text, and neighbours write it. */
const withView = (page: string, { root, links, icons, html }: LastView): string => {
  const attributes = Object.entries(root).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  const tags = links
    .filter(({ href }) => !page.includes(href))
    .map(({ attributes, href }) => `<link ${attributes} href="${escaped(href)}">`)
  const symbols = Object.entries(icons)
    .filter(([id]) => !page.includes(`"${id}"`))
    .map(([, symbol]) => symbol)
  return (
    page
      .replace(/<html[^>]*>/, () => `<html${attributes.join('')}>`)
      .replace('</head>', () => `${tags.join('')}</head>`)
      // of the sprite, which stands first
      .replace('</svg>', () => `${symbols.join('')}</svg>`)
      .replace('<div id="app">', () => `<div id="last-view">${html}</div><div id="app">`)
  )
}

/**
 * `page` is index.html. An address that asks for something of its own gets it as it is, and so does a version of the app
 * that has not the files of what was kept: `hasFile`. What cannot be read is not shown, and nothing else.
 */
export const withLastView = async (
  page: Response,
  { pathname, search }: URL,
  hasFile: (path: string) => boolean,
): Promise<Response> => {
  const place = search === '' ? firstPlaceAt[pathname] : undefined
  if (!place) return page
  try {
    const view = await keptView(place)
    // one that an older version kept has none
    if (!view?.links?.every(({ href }) => hasFile(href))) return page
    const html = withView(await page.clone().text(), view)
    const headers = new Headers(page.headers)
    // they are of the bytes on the line
    for (const name of ['content-encoding', 'content-length', 'etag']) headers.delete(name)
    return new Response(html, { status: page.status, headers })
  } catch (reason) {
    console.warn('what was last seen is not shown', reason)
    return page
  }
}
