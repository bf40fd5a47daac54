/** Reads `verdicts.md`: under each heading of an action one line for each actor. */

import { readFileSync } from 'node:fs'

const lines = readFileSync(new URL('./verdicts.md', import.meta.url), 'utf8').split('\n')

const headingOf = (line: string): string | null => /^### (.+)$/.exec(line)?.[1] ?? null

/** Lines of the table under a heading, without those that name and rule its columns. */
export const verdictsUnder = (heading: string): string[] => {
  const start = lines.indexOf(`### ${heading}`)
  const next = lines.findIndex((line, i) => i > start && line.startsWith('#'))
  const part = start === -1 ? [] : lines.slice(start, next === -1 ? undefined : next)
  const rows = part.filter((line) => line.startsWith('|')).slice(2)
  // the page stands in columns
  return rows.map((line) => line.replace(/ +\|/g, ' |'))
}

/** Headings of the tables of a part of the page (`## …`), in its order. */
export const headingsOf = (part: string): string[] => {
  const start = lines.indexOf(`## ${part}`)
  const next = lines.findIndex((line, i) => i > start && line.startsWith('## '))
  return lines
    .slice(start, next === -1 ? undefined : next)
    .map(headingOf)
    .filter((heading) => heading !== null)
}

export const lineOf = (actor: string, cells: readonly string[]): string =>
  `| ${actor} | ${cells.join(' | ')} |`

/** Verdicts in these lines: each channel to the relay, and what phones make of it. */
export const countVerdicts = (table: readonly string[]): number => {
  const cells = table.flatMap((line) => line.split('|').slice(2, -1))
  return cells.reduce((sum, cell) => sum + (/^ ([+\-x]{2,3}) /.exec(cell)?.[1]?.length ?? 0) + 1, 0)
}
