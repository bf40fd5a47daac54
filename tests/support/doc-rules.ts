/** Judges the project's own pages: whether what they name is there. */
import { posix } from 'node:path'
import type { SourceFile } from './source.ts'

/** True for a file or folder of the project, by its path from the project's folder. */
export type IsThere = (path: string) => boolean

const topFolders = ['src', 'sync-server', 'tests', 'tools', 'docs', 'locales', 'public']
const sourceEnding = /\.(?:tsx?|mjs|md|json|css|html)$/
const endings = ['', '.ts', '.tsx']

const linkTargets = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => String(target))

/** Words of what is set as code, in a line or in a block. */
const codeWords = (text: string): string[] =>
  [...text.matchAll(/```[a-z]*\n([\s\S]*?)```|`([^`\n]+)`/g)].flatMap(([, block, span]) =>
    String(block ?? span).split(/\s+/),
  )

const isPath = (word: string): boolean =>
  /^[\w.-]+(?:\/[\w.-]+)*$/.test(word) &&
  !word.startsWith('dist/') &&
  (sourceEnding.test(word) || (word.includes('/') && topFolders.includes(word.split('/')[0] ?? '')))

/** Links to files and paths in code that lead nowhere; a path may begin at the page's folder or the project's. */
export const missingPaths = (
  { path, text }: SourceFile,
  isThere: IsThere,
  examples: readonly string[] = [],
): string[] => {
  const folder = posix.dirname(path)
  const links = linkTargets(text)
    .filter((target) => !/^(?:https?:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''))
    .filter((target) => !isThere(posix.join(folder, target)))
  const words = codeWords(text)
    .filter((word) => isPath(word) && !examples.includes(word))
    .filter(
      (word) =>
        !endings.some((ending) => isThere(posix.join(folder, word) + ending) || isThere(word + ending)),
    )
  return [...links, ...words].map((missing) => `${path} names ${missing}`)
}

/** `npm run NAME`, `npm start` and `npm test` that package.json does not have. */
export const missingScripts = ({ path, text }: SourceFile, scripts: readonly string[]): string[] =>
  [...text.matchAll(/\bnpm (?:run ([a-z][\w-]*)|(start|test)\b)/g)]
    .map(([, run, short]) => String(run ?? short))
    .filter((name) => !scripts.includes(name))
    .map((name) => `${path} names npm run ${name}`)

/** Numbers of rules that a text cites as [R7]. */
export const citedRules = (text: string): number[] => [
  ...new Set([...text.matchAll(/\[R(\d+)\]/g)].map(([, number]) => Number(number))),
]

/** The rules that the protocol's page states, and whether it says of them that they are not built. */
export const statedRules = (protocol: string): Map<number, 'built' | 'notBuilt'> => {
  const rules = new Map<number, 'built' | 'notBuilt'>()
  for (const [, first, last, words] of protocol.matchAll(
    /^- \*\*\[R(\d+)\]\*\*(?:-\*\*\[R(\d+)\]\*\*)?(.*)$/gm,
  )) {
    const state = /^:? ?[*_]Not built/.test(String(words).trim()) ? 'notBuilt' : 'built'
    for (let rule = Number(first); rule <= Number(last ?? first); rule++) rules.set(rule, state)
  }
  return rules
}

/** Pages and headings that comments name («PROTOCOL.md, "Clock"») and that are not there; `pages` by file name. */
export const missingPages = (
  { path, text }: SourceFile,
  pages: ReadonlyMap<string, readonly string[]>,
): string[] =>
  [...text.matchAll(/(?:^|[\s(`])([\w-]+\.md)(?:, "([^"]+)")?/g)].flatMap(([, page, heading]) => {
    const texts = pages.get(String(page))
    if (!texts) return [`${path} names ${page}`]
    const isHeading = (line: string) => /^#+ /.test(line) && line.includes(String(heading))
    const isFound = heading === undefined || texts.some((each) => each.split('\n').some(isHeading))
    return isFound ? [] : [`${path} names "${heading}" in ${page}`]
  })
