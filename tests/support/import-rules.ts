/** Judges imports: who may import whom, where a package may be used, and whether files load each other in a circle. */
import { type Import, importsOf, packageOf, resolveImport, type SourceFile } from './source.ts'

/** What a folder may import beside itself: `values` in any way, `types` with `import type` only; `*` is everything. */
export type ImportRow = { values?: string[]; types?: string[] }

export type ImportTable = {
  /** Rows by folder or file; the most exact one counts. */
  rows: Record<string, ImportRow>
  /** Folders whose subfolders may not import each other. */
  separate: string[]
  /** What everything may import. */
  everywhere: string[]
  /** The files that choose implementations and may import everything. */
  wiring: string[]
  /** The rows in which a package may be used at run time (as a type: in all); `x*` is every name that begins with x. */
  packages: Record<string, string[]>
}

/** True for the place itself, what is below it, and a file that is the place with an extension. */
function isWithin(path: string, place: string): boolean {
  return place === '*' || path === place || path.startsWith(`${place}/`) || path.startsWith(`${place}.`)
}

function isWithinAny(path: string, places: string[] = []): boolean {
  return places.some((place) => isWithin(path, place))
}

function placeOf(path: string, places: string[]): string | undefined {
  return places.filter((place) => isWithin(path, place)).sort((a, b) => b.length - a.length)[0]
}

/** In a folder of separate parts: the part's own folder; files beside the parts are everybody's. */
function isOwn(path: string, target: string, place: string, separate: string[]): boolean {
  if (!isWithin(target, place)) return false
  if (!separate.includes(place)) return true
  const partOf = (file: string) => file.slice(place.length + 1).split('/')
  const [part, ...below] = partOf(path)
  const [targetPart, ...targetBelow] = partOf(target)
  return below.length === 0 || targetBelow.length === 0 || part === targetPart
}

function mayImport(table: ImportTable, path: string, target: string, found: Import): boolean {
  const place = placeOf(path, Object.keys(table.rows))
  if (place === undefined) return false
  const row = table.rows[place] ?? {}
  if (isOwn(path, target, place, table.separate)) return true
  if (isWithinAny(target, [...(row.values ?? []), ...table.everywhere])) return true
  return found.kind === 'type' && isWithinAny(target, row.types)
}

function mayUsePackage(table: ImportTable, path: string, found: Import): boolean {
  const place = placeOf(path, Object.keys(table.rows))
  if (place === undefined) return false
  if (found.kind === 'type' || table.rows[place]?.values?.includes('*')) return true
  const name = packageOf(found.specifier)
  const key = Object.keys(table.packages)
    .filter((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each))
    .sort((a, b) => b.length - a.length)[0]
  // A package without a row is a new one: whoever adds it says where it belongs.
  return key !== undefined && (table.packages[key] ?? []).includes(place)
}

/** One line for each import that the table does not hold, and for each file whose folder it does not hold. */
export function brokenImports(files: SourceFile[], table: ImportTable): string[] {
  return files.flatMap((file) => {
    if (isWithinAny(file.path, table.wiring)) return []
    if (placeOf(file.path, Object.keys(table.rows)) === undefined)
      return file.path.endsWith('.d.ts') ? [] : [`${file.path} is in a folder that the table does not hold`]
    return importsOf(file)
      .filter((found) => {
        const target = resolveImport(file.path, found.specifier)
        return target === undefined
          ? !mayUsePackage(table, file.path, found)
          : !mayImport(table, file.path, target, found)
      })
      .map((found) => `${file.path}:${found.line} may not import ${found.specifier} (as ${found.kind})`)
  })
}

/** Each circle of files that load each other, as `a → b → a`; types and worker addresses load nothing. */
export function importCycles(files: SourceFile[]): string[] {
  const targetsByPath = new Map<string, string[]>()
  for (const file of files) {
    const targets = importsOf(file)
      .filter(({ kind }) => kind === 'value' || kind === 'lazy')
      .map(({ specifier }) => resolveImport(file.path, specifier))
      .filter((target) => target !== undefined)
    targetsByPath.set(file.path, targets)
  }
  const cycles: string[] = []
  const done = new Set<string>()
  const follow = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path)
    if (start !== -1) {
      cycles.push([...trail.slice(start), path].join(' → '))
      return
    }
    if (done.has(path)) return
    for (const target of targetsByPath.get(path) ?? []) follow(target, [...trail, path])
    done.add(path)
  }
  for (const path of targetsByPath.keys()) follow(path, [])
  return cycles
}
