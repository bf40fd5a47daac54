/**
 * The files that the app is made of, but for the page itself: with the service worker come those that a start without a
 * link needs. The words of other languages, the letters, and what few people do come behind them or when they are opened;
 * once here they stay, also in a newer version.
 */

import { appFilesCache, type Wanted, wantedCache, wantedPath } from '../storage/app-files.ts'

/** As the build lists it (tools/app-files.ts); its name holds a hash of what is in it. */
export interface AppFile {
  /** from the origin on, without a slash before it */
  url: string
  /** a language; `soon`: for meeting without a link; `rare`: what few people do, and the letters; without it all need it */
  later?: string
}

/** On a slow line each file costs a round trip: so many go at once, and leave room for what a person asks for. */
const atOnce = 5

/** Which file it is, whatever is in it: the build puts eight letters of hash behind its name. */
const stemOf = (path: string): string => path.replace(/-.{8}(?=\.\w+$)/, '')

const open = (): Promise<Cache> => caches.open(appFilesCache)

/** Paths of what is here, of former versions too. */
const pathsHere = async (): Promise<Set<string>> =>
  new Set((await (await open()).keys()).map(({ url }) => new URL(url).pathname))

/** Null while no page has said it. */
const readWanted = async (): Promise<Wanted | null> => {
  const kept = await (await caches.open(wantedCache)).match(wantedPath)
  return kept ? ((await kept.json()) as Wanted) : null
}

/** Without a wish no language is left out: it may be any. */
const isNeeded = ({ later }: AppFile, wanted: Wanted | null): boolean =>
  later === undefined ||
  (later !== 'soon' && later !== 'rare' && (wanted === null || later === wanted.language))

const isWanted = (file: AppFile, wanted: Wanted | null): boolean => {
  if (file.later === 'rare') return !wanted?.savesData
  return file.later === 'soon' || isNeeded(file, wanted)
}

export class AppFiles {
  readonly #files: ReadonlyMap<string, AppFile>
  #fetching: Promise<boolean> | null = null

  /** In the order in which they are fetched. */
  constructor(files: readonly AppFile[]) {
    this.#files = new Map(files.map((file) => [`/${file.url}`, file]))
  }

  has(path: string): boolean {
    return this.#files.has(path)
  }

  /** From the phone; else from the link, and then it stays. Rejects where it is nowhere. */
  async answer(request: Request): Promise<Response> {
    const cache = await open()
    const kept = await cache.match(request, { ignoreVary: true })
    if (kept) return kept
    // nobody waits for letters: the phone has its own
    if (request.destination === 'font') return Response.error()
    const response = await fetch(request)
    if (response.ok)
      await cache
        .put(request, response.clone())
        // a full phone: it is read all the same
        .catch((reason: unknown) => console.info('a file does not stay here', reason))
    return response
  }

  /** What a start needs, and whatever lay here of the version before: nobody loses a screen by an update. Rejects when it cannot. */
  async install(): Promise<void> {
    const wanted = await readWanted()
    const stems = new Set(Array.from(await pathsHere(), stemOf))
    await this.#fetch((file, path) => isNeeded(file, wanted) || stems.has(stemOf(path)))
  }

  /** Files of versions before go. */
  async tidy(): Promise<void> {
    const cache = await open()
    for (const path of await pathsHere()) if (!this.has(path)) await cache.delete(path)
  }

  /** All that is wanted and not here yet; false when the link ends before. */
  fetchRest(): Promise<boolean> {
    const before = this.#fetching ?? Promise.resolve(true)
    const fetching = before.then(() => this.#fetchWanted())
    this.#fetching = fetching
    return fetching
  }

  async #fetchWanted(): Promise<boolean> {
    try {
      const wanted = await readWanted()
      await this.#fetch((file) => isWanted(file, wanted))
      return true
    } catch (reason) {
      // the next start asks again, and goes on from here
      console.info('not all files have come', reason)
      return false
    }
  }

  async #fetch(isAsked: (file: AppFile, path: string) => boolean): Promise<void> {
    const cache = await open()
    const here = await pathsHere()
    const left = [...this.#files].filter(([path, file]) => !here.has(path) && isAsked(file, path))
    const fetchNext = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) await cache.add(next[0])
    }
    await Promise.all(Array.from({ length: atOnce }, fetchNext))
  }
}
