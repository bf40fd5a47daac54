/** Judges files one by one: length, names, `any`, silenced type errors, physical sides in styles. */
import { isSyntaxNode, lineOf, parseSource, type SourceFile, type SyntaxNode, walk } from './source.ts'

/** Files of more lines than that, except those listed as data. */
export function longFiles(files: SourceFile[], maxLines: number, dataTables: string[]): string[] {
  return files
    .filter(({ path }) => !dataTables.includes(path))
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ path, lines }) => `${path} has ${lines} lines`)
}

const drawerNames = /^(utils?|helpers?|commons?|shared|managers?|misc)$/

/** Files and folders whose name has a word that says nothing about what is inside. */
export function drawers(files: SourceFile[]): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => path.split(/[/.-]/).some((word) => drawerNames.test(word)))
}

/** Every `any` in a type position, however it is spelled. */
export function anyTypes(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const found: string[] = []
    walk(parseSource(file).tree, (node) => {
      if (node.type === 'TSAnyKeyword') found.push(`${file.path}:${lineOf(node)} has the type any`)
    })
    return found
  })
}

/** Comments that switch type checking off; `@ts-expect-error` stays, as it fails once it is not needed. */
export function silencedTypes(files: SourceFile[]): string[] {
  return files.flatMap((file) =>
    parseSource(file)
      .comments.filter(({ value }) => /@ts-(ignore|nocheck)/.test(String(value)))
      .map((comment) => `${file.path}:${lineOf(comment)} silences the type checker`),
  )
}

/** Safari before 16.4 reads no script that has one, and the build leaves it as it is. */
export function lookbehinds(files: SourceFile[]): string[] {
  return files.filter(({ text }) => /\(\?<[=!]/.test(text)).map(({ path }) => `${path} looks behind`)
}

const physicalCss = [
  /(?<![\w-])(?:scroll-)?(?:margin|padding|border)-(?:left|right)\b/,
  /(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius\b/,
  /(?:^|[;{\s])(?:left|right)\s*:/,
  /(?<![\w-])(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b/,
]

/** Lines of a stylesheet that name left or right, which is the wrong side in half of our languages. */
export function physicalSides(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const withoutComments = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    return withoutComments
      .split('\n')
      .flatMap((line, index) =>
        physicalCss.some((pattern) => pattern.test(line)) ? [`${path}:${index + 1} ${line.trim()}`] : [],
      )
  })
}

const physicalKey =
  /^(left|right|(scroll)?(margin|padding|border)(Left|Right)\w*|border(Top|Bottom)(Left|Right)Radius)$/i

/** The same for `style={{ … }}` in components. */
export function physicalInlineSides(files: SourceFile[]): string[] {
  return files.flatMap((file) => {
    const found: string[] = []
    const judge = (node: SyntaxNode): void => {
      if (node.type !== 'ObjectProperty' || !isSyntaxNode(node.key)) return
      const name = String(node.key.name ?? node.key.value).replaceAll('-', '')
      if (physicalKey.test(name)) found.push(`${file.path}:${lineOf(node)} ${name}`)
    }
    walk(parseSource(file).tree, (node) => {
      if (node.type === 'JSXAttribute' && isSyntaxNode(node.name) && node.name.name === 'style')
        walk(node, judge)
    })
    return found
  })
}

/** Where the lock puts a package; more than one place means more than one copy. */
export function lockedCopies(lockText: string, name: string): string[] {
  const { packages } = JSON.parse(lockText) as { packages: Record<string, unknown> }
  return Object.keys(packages).filter(
    (path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`),
  )
}

/** Lines that tie the lock to one registry, from which others may not be able to install. */
export function registryAddresses(lockText: string): string[] {
  return lockText.split('\n').filter((line) => /"resolved"\s*:\s*"(?:https?|git)/.test(line))
}
