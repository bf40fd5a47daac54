/** Reads the project's own source: lists files, parses them and finds what each imports; for tests about source. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, posix } from 'node:path'
import { type ParserPlugin, parse } from '@babel/parser'
import { root } from '../../tools/root.ts'

/** One file: `path` from the project's folder with forward slashes. */
export type SourceFile = { path: string; text: string }

/** Any node of Babel's tree, seen only by its type and children. */
export type SyntaxNode = { type: string; loc?: { start: { line: number } } | null; [key: string]: unknown }

/** `value`: loaded when the file is; `lazy`: import(); `url`: new URL(…, import.meta.url); `type`: nothing at run time. */
export type ImportKind = 'value' | 'type' | 'lazy' | 'url'
export type Import = { specifier: string; kind: ImportKind; line: number }

/** All files below the folders (or the files named) whose extension is wanted, sorted by path. */
export function sourceFiles(places: string[], extensions: string[]): SourceFile[] {
  const paths: string[] = []
  const visit = (path: string): void => {
    const absolute = join(root, path)
    if (!existsSync(absolute)) return
    if (statSync(absolute).isDirectory()) {
      for (const name of readdirSync(absolute)) if (name !== 'node_modules') visit(posix.join(path, name))
    } else if (extensions.includes(extname(path))) paths.push(path)
  }
  for (const place of places) visit(place)
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

// Built scripts are read as plain JavaScript: what is a comparison there would be type arguments in TypeScript.
const pluginsByExtension: Record<string, ParserPlugin[]> = {
  '.ts': ['typescript'],
  '.tsx': ['typescript', 'jsx'],
}

/** Babel's tree of a file, and its comments; throws with the file's name if it is not valid. */
export function parseSource({ path, text }: SourceFile): { tree: SyntaxNode; comments: SyntaxNode[] } {
  const plugins: ParserPlugin[] = pluginsByExtension[extname(path)] ?? []
  try {
    const file = parse(text, { sourceType: 'module', plugins, sourceFilename: path })
    return {
      tree: file.program as unknown as SyntaxNode,
      comments: (file.comments ?? []) as unknown as SyntaxNode[],
    }
  } catch (error) {
    throw new Error(`${path} cannot be parsed`, { cause: error })
  }
}

export function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string'
}

/** Calls `visit` for the node and everything below it. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node)
  for (const [key, child] of Object.entries(node)) {
    if (key === 'loc' || key.endsWith('omments')) continue
    for (const each of Array.isArray(child) ? child : [child]) if (isSyntaxNode(each)) walk(each, visit)
  }
}

export function lineOf(node: SyntaxNode): number {
  return node.loc?.start.line ?? 0
}

/** The text of a literal, or of a template up to its first gap: enough to know the folder it names. */
function textOf(node: unknown): string | undefined {
  if (!isSyntaxNode(node)) return undefined
  if (node.type === 'StringLiteral') return node.value as string
  if (node.type !== 'TemplateLiteral') return undefined
  const first = (node.quasis as SyntaxNode[])[0]
  return (first?.value as { cooked: string } | undefined)?.cooked
}

function isImportMeta(node: unknown, property: string): boolean {
  if (!isSyntaxNode(node) || node.type !== 'MemberExpression') return false
  const { object, property: name } = node as { object?: SyntaxNode; property?: SyntaxNode }
  return object?.type === 'MetaProperty' && name?.name === property
}

function isUrlOfThisModule(node: SyntaxNode): boolean {
  const args = node.arguments as SyntaxNode[]
  return (node.callee as SyntaxNode).name === 'URL' && isImportMeta(args[1], 'url')
}

/** Everything a file imports, in whatever form it does so. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = []
  const add = (node: SyntaxNode, source: unknown, kind: ImportKind): void => {
    const specifier = textOf(source)
    if (specifier !== undefined) found.push({ specifier, kind, line: lineOf(node) })
  }
  walk(parseSource(file).tree, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        // `import { type A }` still loads the file: Node strips the names, not the statement.
        add(node, node.source, node.importKind === 'type' ? 'type' : 'value')
        break
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        add(node, node.source, node.exportKind === 'type' ? 'type' : 'value')
        break
      case 'TSImportType':
        add(node, isSyntaxNode(node.source) ? node.source : node.argument, 'type')
        break
      case 'ImportExpression':
        add(node, node.source, 'lazy')
        break
      case 'NewExpression':
        if (isUrlOfThisModule(node)) add(node, (node.arguments as SyntaxNode[])[0], 'url')
        break
      case 'CallExpression':
        if (isImportMeta(node.callee, 'glob'))
          for (const glob of globsOf((node.arguments as SyntaxNode[])[0])) add(node, glob, 'lazy')
        break
    }
  })
  return found
}

function globsOf(argument: SyntaxNode | undefined): unknown[] {
  return argument?.type === 'ArrayExpression' ? (argument.elements as unknown[]) : [argument]
}

/** The path a relative specifier names, without `?url` and the like; undefined for packages. */
export function resolveImport(importer: string, specifier: string): string | undefined {
  const bare = specifier.replace(/[?#].*$/, '')
  if (bare.startsWith('/')) return bare.slice(1)
  if (!bare.startsWith('.')) return undefined
  return posix.normalize(posix.join(posix.dirname(importer), bare))
}

/** The name of the package a bare specifier belongs to (`@a/b/c` → `@a/b`, `node:fs` → `node:fs`). */
export function packageOf(specifier: string): string {
  const parts = specifier.replace(/[?#].*$/, '').split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}
