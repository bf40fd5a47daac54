/** Sorts the files of the built app into the parts that have a budget (the budgets are those of the design). */
import { basename } from 'node:path'
import { laterPartOf } from './app-files.ts'
import { type Dist, type DistFile, reachable, sumBytes } from './dist.ts'

const kB = 1000
/** Its words are asked for by index.html itself. */
const firstLanguage = 'ar'

export type Part = { name: string; paths: string[]; bytes: number; maxBytes?: number }

const isScript = (path: string) => path.endsWith('.js')
const isStyle = (path: string) => path.endsWith('.css')
const page = 'index.html'
const serviceWorker = 'sw.js'
/** Exchanges while no page is open; fetched with the first, run only when there is something to exchange. */
const background = 'sw-background.js'

/** Scripts that the page's own files name without importing them, now or later: they run as workers. */
function workersOf(dist: Dist): string[] {
  const ofPage = reachable(dist, [page], (file: DistFile) => [...file.imports, ...file.lazy])
  const named = ofPage.flatMap((path) => dist.get(path)?.named ?? [])
  return named.filter(
    (path) => isScript(path) && path !== serviceWorker && path !== background && !ofPage.includes(path),
  )
}

/** `languages`: the names of the locale files, which are the names of their chunks. */
export function sizeParts(dist: Dist, languages: string[]): Part[] {
  const part = (name: string, paths: string[], maxKB?: number): Part => ({
    name,
    paths,
    bytes: sumBytes(dist, paths),
    ...(maxKB !== undefined && { maxBytes: maxKB * kB }),
  })
  const isLanguage = (path: string) => languages.some((language) => basename(path).startsWith(`${language}-`))
  const first = reachable(dist, [page])
  const languageParts = languages.map((language) =>
    part(
      `language ${language}`,
      [...dist.keys()].filter((path) => isScript(path) && basename(path).startsWith(`${language}-`)),
      9,
    ),
  )
  // Two workers may import each other's chunks; the engine, with Yjs and Dexie, is the biggest by far.
  const workers = workersOf(dist).map((path) => reachable(dist, [path]))
  const engine = workers.sort((a, b) => sumBytes(dist, b) - sumBytes(dist, a))[0] ?? []
  // a page that no service worker controls yet asks for none (src/app/start.ts): it is fetched ahead, for the next start
  const fonts = [...dist.keys()].filter((path) => path.endsWith('.woff2'))
  // What page and engine share is fetched once: it counts with the page.
  const engineOnly = engine.filter((path) => !first.includes(path))
  const visit = [...new Set([...first, ...engineOnly, serviceWorker, background])].sort()
  // A service worker names what it fetches in the background: screens for later, and one language of all
  const behind = (dist.get(serviceWorker)?.named ?? []).filter((path) => !visit.includes(path))
  const laterOf = (path: string) => laterPartOf(path, languages)
  const isOther = (path: string) => languages.includes(laterOf(path) ?? '') && laterOf(path) !== firstLanguage
  return [
    part(
      'first-load JS',
      first.filter((path) => isScript(path) && !isLanguage(path)),
      70,
    ),
    // styles of later screens come with those screens
    part('CSS and HTML shell', [page, ...first.filter(isStyle)], 10),
    part('engine worker', engineOnly, 70),
    part('service worker', [serviceWorker], 9),
    part('background exchange', [background], 9),
    ...languageParts,
    part('font', fonts),
    part('whole first visit', visit, 170),
    part(
      'fetched behind it',
      behind.filter((path) => !isOther(path)),
    ),
    part(
      'the same, saving data',
      behind.filter((path) => !isOther(path) && laterOf(path) !== 'rare'),
    ),
    part('other languages', behind.filter(isOther)),
  ]
}

/** What must be in any build; a part without its file means that this tool no longer understands the build. */
export function missingParts(parts: Part[]): string[] {
  return parts.filter(({ bytes, maxBytes }) => bytes === 0 && maxBytes !== undefined).map(({ name }) => name)
}
