/** The pages tell the truth where a machine can judge: what they name exists, and rules and tests know each other. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../tools/root.ts'
import {
  citedRules,
  type IsThere,
  missingPages,
  missingPaths,
  missingScripts,
  statedRules,
} from './support/doc-rules.ts'
import { type SourceFile, sourceFiles } from './support/source.ts'

const pages = sourceFiles(
  ['README.md', 'CHANGELOG.md', 'docs', 'sync-server', 'src', 'tests', 'tools'],
  ['.md'],
)
const code = sourceFiles(
  ['src', 'sync-server', 'tests', 'tools', 'vite.config.ts', 'vitest.config.ts'],
  ['.ts', '.tsx', '.mjs', '.css'],
).filter(({ path }) => !path.includes('doc-rules') && path !== 'tests/docs.test.ts')
const isThere: IsThere = (path) => existsSync(join(root, path))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = (text: string, path = 'docs/page.md'): SourceFile => ({ path, text })

/** Files of the record type that src/records/README.md makes up to show how one is added. */
const examples = [
  'comment/comment.ts',
  'comment/commands.ts',
  'comment/queries.ts',
  'tests/records/comment.test.ts',
]

describe('what the pages name', () => {
  test('links and paths lead somewhere', () => {
    expect(pages.flatMap((each) => missingPaths(each, isThere, examples))).toEqual([])
  })

  test('a link or a path that leads nowhere is found, from the page or from the project', () => {
    const text =
      '[a](gone.md) [b](decisions/README.md#top) [c](https://x.example/y.md) ' +
      '`src/gone` `src/app/start` `node sync-server/gone.ts` `/v1/sync` `a/b` `words.md`\n```sh\nnpm test -- tests/gone.test.ts\n```'
    expect(missingPaths(page(text), isThere)).toEqual(
      ['gone.md', 'src/gone', 'sync-server/gone.ts', 'tests/gone.test.ts'].map(
        (path) => `docs/page.md names ${path}`,
      ),
    )
    expect(missingPaths(page('`src/gone`'), isThere, ['src/gone'])).toEqual([])
  })

  test('every command is one that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    expect(pages.flatMap((each) => missingScripts(each, Object.keys(scripts)))).toEqual([])
  })

  test('a command that package.json does not have is found', () => {
    const text = '`npm run gone -- x`, npm run …, npm install, npm start and `npm test`'
    expect(missingScripts(page(text), ['start'])).toEqual([
      'docs/page.md names npm run gone',
      'docs/page.md names npm run test',
    ])
  })

  test('every measurement named is there', () => {
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/npm run bench -- ([a-z-]+)/g)].map(([, name]) => `tools/bench/${name}.ts`),
    )
    expect(named.filter((path) => !isThere(path))).toEqual([])
  })

  test('every setting of the relay is read, and every one that is read is told', () => {
    const settings = (text: string) => [...new Set(text.match(/\bTADAMUN_[A-Z_]+/g))].sort()
    const built = settings(`${read('sync-server/settings.ts')} ${read('sync-server/config.ts')}`)
    expect(built.length).toBeGreaterThan(0)
    expect(settings(read('sync-server/README.md'))).toEqual(built)
    expect(settings(read('README.md')).filter((name) => !built.includes(name))).toEqual([])
  })

  test('every decision is in the list of decisions', () => {
    const list = read('docs/decisions/README.md')
    const decisions = pages.map(({ path }) => path).filter((path) => /decisions\/\d{4}-/.test(path))
    expect(decisions.filter((path) => !list.includes(`(${basename(path)})`))).toEqual([])
  })
})

describe('the rules of the wire', () => {
  const stated = statedRules(read('sync-server/PROTOCOL.md'))

  test('a rule that is cited is stated', () => {
    const unknown = [...code, ...pages].flatMap(({ path, text }) =>
      citedRules(text)
        .filter((rule) => !stated.has(rule))
        .map((rule) => `${path} cites [R${rule}]`),
    )
    expect(unknown).toEqual([])
  })

  test('a rule that is built is cited by a test', () => {
    const tests = code.filter(({ path }) => path.endsWith('.test.ts') || path.startsWith('tests/contracts/'))
    const cited = new Set(tests.flatMap(({ text }) => citedRules(text)))
    const built = [...stated].filter(([, state]) => state === 'built').map(([rule]) => rule)
    expect(built.filter((rule) => !cited.has(rule))).toEqual([])
    expect(built.length).toBeGreaterThan(10)
  })

  test('rules are read one by one and as a range, with what is said of them', () => {
    const text = '- **[R1]** Only one. *Not built: more.*\n- **[R20]**-**[R22]** *Not built*: live.\nsee [R7]'
    expect([...statedRules(text)]).toEqual([
      [1, 'built'],
      [20, 'notBuilt'],
      [21, 'notBuilt'],
      [22, 'notBuilt'],
    ])
    expect(citedRules(`${text} [R7] R8`)).toEqual([1, 20, 22, 7])
  })
})

describe('comments', () => {
  const textsByPage = new Map<string, string[]>()
  for (const { path, text } of pages)
    textsByPage.set(basename(path), [...(textsByPage.get(basename(path)) ?? []), text])

  test('the pages and headings that they name are there', () => {
    const built = 'licenses.md'
    const known = new Map(textsByPage).set(built, [])
    expect(code.flatMap((each) => missingPages(each, known))).toEqual([])
  })

  test('a page or heading that is not there is found', () => {
    const known = new Map([['A.md', ['# A\n## Clock, rooms']]])
    const text = '// see A.md, "Clock" and A.md and (A.md, "Gone") and a.md'
    expect(missingPages({ path: 'src/x.ts', text }, known)).toEqual([
      'src/x.ts names "Gone" in A.md',
      'src/x.ts names a.md',
    ])
  })
})
