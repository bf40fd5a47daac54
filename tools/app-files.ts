/**
 * Which files of the build the service worker fetches behind a first visit, and in which order
 * (docs/decisions/0038-what-is-fetched-behind-a-first-visit.md).
 */

import { basename } from 'node:path'

/** One line of the service worker's list. */
export interface ListedFile {
  url: string
  revision: string | null
  size: number
  /** a language, `soon` or `rare`; without it a start without a link needs the file */
  later?: string
}

/**
 * Names of chunks, without which the rest can be used. What is written, read, taken, given and sent with never stands here,
 * nor what lets people in. `soon`: for people without a link who meet, so that even who saves data has it. `rare`: what few
 * open, and few often.
 */
export const laterByName: Readonly<Record<string, 'soon' | 'rare'>> = {
  'admit-screen': 'soon',
  decode: 'soon',
  'meet-screen': 'soon',
  'meeting-card': 'soon',
  'neighbour-screen': 'soon',
  'packet-acts': 'soon',
  'received-in': 'soon',
  'archive-screen': 'rare',
  'backup-acts': 'rare',
  'backup-screen': 'rare',
  'categories-screen': 'rare',
  'changes-screen': 'rare',
  'duplicates-screen': 'rare',
  'export-screen': 'rare',
  'history-screen': 'rare',
  'import-screen': 'rare',
  'lost-places': 'rare',
  'merged-card': 'rare',
  'opfs-ballast': 'rare',
  'read-aloud': 'rare',
  'remove-screen': 'rare',
  'restore-screen': 'rare',
  'restored-acts': 'rare',
  'share-picture': 'rare',
  'storage-screen': 'rare',
}

/** What the next minutes of a first visit need, in this order; the rest follows by name. */
const nextNames = [
  'index',
  'ways-in',
  'next',
  'board-screen',
  'member-frame',
  'later-icons',
  'add-need-screen',
  'need-screen',
]

/** Without the hash of eight letters that the build puts behind it. */
const nameOf = (url: string): string => basename(url).replace(/(?:-.{8})?\.\w+$/, '')

/** What a file is left for; undefined where a start without a link needs it. */
export const laterPartOf = (url: string, languages: readonly string[]): string | undefined => {
  const name = nameOf(url)
  if (url.endsWith('.woff2')) return 'rare'
  return laterByName[name] ?? languages.find((language) => name === language || name === `words-${language}`)
}

/** Letters last of all. */
const placeOf = ({ url, later }: ListedFile): number => {
  if (url.endsWith('.woff2')) return nextNames.length + 3
  if (later) return nextNames.length + (later === 'rare' ? 2 : 1)
  const place = nextNames.indexOf(nameOf(url))
  return place < 0 ? nextNames.length : place
}

/** Throws when a name of the list is no file any more. `first`: the language whose first words index.html asks for. */
export const sortAppFiles = (
  files: readonly ListedFile[],
  languages: readonly string[],
  first: string,
): ListedFile[] => {
  const names = new Set(files.map(({ url }) => nameOf(url)))
  const known = Object.keys(laterByName)
  const gone = known.filter((name) => !names.has(name))
  // none of them is here: the build itself has failed, and says why
  if (gone.length > 0 && gone.length < known.length)
    throw new Error(`tools/app-files.ts names what is not built: ${gone.join(', ')}`)
  return files
    .map((file) => {
      const later = laterPartOf(file.url, languages)
      // every visit has fetched these words anyway
      return later === undefined || nameOf(file.url) === first ? file : { ...file, later }
    })
    .sort((a, b) => placeOf(a) - placeOf(b))
}
