/** Holds the import table of the architecture and the house rules that a machine can judge; each rule is shown to fail. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../tools/root.ts'
import { brokenImports, type ImportTable, importCycles } from './support/import-rules.ts'
import { type SourceFile, sourceFiles } from './support/source.ts'
import {
  anyTypes,
  drawers,
  lockedCopies,
  longFiles,
  lookbehinds,
  physicalInlineSides,
  physicalSides,
  registryAddresses,
  silencedTypes,
} from './support/source-rules.ts'

/** The table of the architecture. To change it, write a page in docs/decisions that says why. */
const table: ImportTable = {
  rows: {
    'src/app': { values: ['src'] },
    'src/screens': { values: ['src/components', 'src/hooks', 'src/records', 'src/i18n', 'src/assets'] },
    'src/components': { values: ['src/i18n', 'src/assets'] },
    'src/hooks': {
      // QR codes are shown and read by a window
      values: ['src/records', 'src/network', 'src/storage', 'src/sync/qr-parts'],
      types: ['src/engine'],
    },
    'src/records': { values: ['src/storage', 'src/i18n/fold'], types: ['src/network'] },
    'src/network': { values: ['src/storage'] },
    'src/engine': {
      values: ['src/records', 'src/network', 'src/crypto', 'src/storage', 'src/sync', 'src/i18n/fold'],
    },
    'src/sync': { values: ['src/storage'], types: ['src/crypto'] },
    'src/crypto': {},
    'src/storage': {},
    // The service worker loads it: an import of the database from here would bring Dexie along.
    'src/storage/schema': { types: ['src/storage'] },
    'src/storage/rows-held': { types: ['src/storage'] },
    'src/storage/app-files': {},
    // its exchange is the engine's but for Dexie (docs/decisions/0032)
    'src/service-worker': {
      values: [
        'src/storage/schema',
        'src/storage/rows-held',
        'src/storage/app-files',
        'src/crypto',
        'src/sync/answer',
        'src/sync/digests',
        'src/sync/exchange-failure',
        'src/sync/named-rooms',
        'src/sync/outbox-runs',
        'src/sync/post',
        'src/engine/clock',
      ],
    },
    'src/i18n': { values: ['locales'] },
    'src/assets': {},
    'sync-server/protocol': {},
    'sync-server': {},
    tests: { values: ['*'] },
    tools: { values: ['*'] },
    'vite.config': { values: ['*'] },
    'vitest.config': { values: ['*'] },
  },
  separate: ['src/screens'],
  everywhere: ['sync-server/protocol'],
  wiring: ['src/app/start', 'src/engine/start'],
  packages: {
    preact: ['src/app', 'src/screens', 'src/components', 'src/hooks'],
    '@preact/signals': ['src/app', 'src/screens', 'src/components', 'src/hooks', 'src/i18n'],
    'preact-iso': ['src/app', 'src/screens', 'src/components'],
    // the address of the engine's worker: made by tools/engine-chunk.ts
    'virtual:engine-url': ['src/app'],
    // the icons of later screens: made by tools/sprite.ts
    'virtual:later-icons': ['src/app'],
    uqr: ['src/components'],
    qr: ['src/components'],
    i18next: ['src/i18n'],
    valibot: [
      'src/app',
      'src/screens',
      'src/records',
      'src/network',
      'src/engine',
      'src/sync',
      'src/storage',
    ],
    // Dexie and Yjs are most of the bytes: neither may come into the first screen or the service worker.
    dexie: ['src/storage', 'src/engine', 'src/hooks', 'src/records'],
    yjs: ['src/engine'],
    'y-indexeddb': ['src/engine'],
    lib0: ['sync-server/protocol', 'sync-server', 'src/engine', 'src/sync'],
    // Argon2id for backups, in a chunk of its own
    'hash-wasm': ['src/crypto'],
    'workbox-window': ['src/app'],
    'workbox-*': ['src/service-worker'],
    'node:*': ['sync-server'],
    pino: ['sync-server'],
    'prom-client': ['sync-server'],
    ws: ['sync-server'],
    '@nats-io/*': ['sync-server'],
    'y-websocket': ['src/sync', 'src/engine'],
  },
}

/** Files that are data and may be as long as their data. */
const dataTables: string[] = []
const maxLines = 400

const code = sourceFiles(
  ['src', 'sync-server', 'tests', 'tools', 'vite.config.ts', 'vitest.config.ts'],
  ['.ts', '.tsx'],
)
const counted = sourceFiles(['src', 'sync-server', 'tests', 'tools'], ['.ts', '.tsx', '.mjs', '.css'])
const styles = sourceFiles(['src', 'public', 'index.html'], ['.css', '.html'])
const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')

const file = (path: string, text = ''): SourceFile => ({ path, text })
const broken = (path: string, text: string): string[] => brokenImports([file(path, text)], table)

describe('imports', () => {
  test('every import is one that the table holds', () => {
    expect(brokenImports(code, table)).toEqual([])
  })

  test('an import against the table is found in each of its forms', () => {
    const path = 'src/components/button.tsx'
    expect(broken(path, `import { run } from '../hooks/run.ts'`)).toHaveLength(1)
    expect(broken(path, `export { run } from '../hooks/run.ts'`)).toHaveLength(1)
    expect(broken(path, `export * from '../hooks/run.ts'`)).toHaveLength(1)
    expect(broken(path, `import type { Run } from '../hooks/run.ts'`)).toHaveLength(1)
    expect(broken(path, `let run: import('../hooks/run.ts').Run`)).toHaveLength(1)
    expect(broken(path, `const run = await import('../hooks/run.ts')`)).toHaveLength(1)
    expect(broken(path, `new Worker(new URL('../engine/start.ts', import.meta.url))`)).toHaveLength(1)
    expect(broken(path, `import.meta.glob(['../hooks/*.ts'])`)).toHaveLength(1)
    expect(broken(path, `import url from '../engine/start.ts?worker&url'`)).toHaveLength(1)
    expect(broken(path, `import { t } from '../i18n/translate.ts'`)).toEqual([])
  })

  test('hooks may know the engine by its types only', () => {
    expect(broken('src/hooks/run.ts', `import type { Command } from '../engine/api.ts'`)).toEqual([])
    expect(broken('src/hooks/run.ts', `import { type Command } from '../engine/api.ts'`)).toHaveLength(1)
  })

  test('one screen may not import another, and both may use what lies beside them', () => {
    expect(broken('src/screens/board/board.tsx', `import '../need/need.tsx'`)).toHaveLength(1)
    expect(broken('src/screens/board/board.tsx', `import './list.tsx'; import '../page.tsx'`)).toEqual([])
  })

  test('what both sides of the wire agree on needs neither side', () => {
    expect(broken('sync-server/protocol/gate.ts', `import '../server.ts'`)).toHaveLength(1)
    expect(broken('sync-server/protocol/gate.ts', `import 'node:crypto'`)).toHaveLength(1)
    expect(broken('sync-server/server.ts', `import 'node:http'; import './protocol/gate.ts'`)).toEqual([])
    expect(broken('src/crypto/seal.ts', `import '../../sync-server/protocol/gate.ts'`)).toEqual([])
    expect(broken('src/sync/exchange.ts', `import '../../sync-server/server.ts'`)).toHaveLength(1)
  })

  test('the relay has rows and never a Yjs document', () => {
    const path = 'sync-server/live/live-session.ts'
    for (const name of ['yjs', 'y-protocols/sync', 'y-websocket'])
      expect(broken(path, `import * as it from '${name}'`)).toHaveLength(1)
    expect(broken(path, `import 'ws'; import 'lib0/encoding'`)).toEqual([])
  })

  test('the service worker reads the schema and never the database', () => {
    const path = 'src/service-worker/exchange.ts'
    expect(broken(path, `import '../storage/schema.ts'`)).toEqual([])
    expect(broken(path, `import '../storage/database.ts'`)).toHaveLength(1)
    expect(broken('src/storage/schema.ts', `import './database.ts'`)).toHaveLength(1)
  })

  test('a package is used only where it belongs, and a new one nowhere yet', () => {
    expect(broken('src/screens/board/board.tsx', `import * as Y from 'yjs'`)).toHaveLength(1)
    expect(broken('src/service-worker/start.ts', `import Dexie from 'dexie'`)).toHaveLength(1)
    expect(broken('src/engine/room.ts', `import 'lib0/encoding'; import 'left-pad'`)).toHaveLength(1)
    expect(broken('src/components/list.tsx', `import type { Table } from 'dexie'`)).toEqual([])
  })

  test('a folder without a row is found, and only the two wiring files may import all', () => {
    expect(broken('src/extra/thing.ts', '')).toHaveLength(1)
    expect(broken('src/engine/start.ts', `import '../app/shell.tsx'`)).toEqual([])
    expect(broken('src/engine/leader.ts', `import '../app/shell.tsx'`)).toHaveLength(1)
  })

  test('no files load each other in a circle', () => {
    expect(importCycles(code)).toEqual([])
  })

  test('a circle is found over several files, and types do not make one', () => {
    const a = file('src/a.ts', `import './b.ts'`)
    const b = file('src/b.ts', `export * from './c.ts'`)
    expect(importCycles([a, b, file('src/c.ts', `import './a.ts'`)])).toEqual([
      'src/a.ts → src/b.ts → src/c.ts → src/a.ts',
    ])
    expect(importCycles([a, b, file('src/c.ts', `import type { A } from './a.ts'`)])).toEqual([])
    expect(importCycles([a, b, file('src/c.ts', `new URL('./a.ts', import.meta.url)`)])).toEqual([])
  })
})

describe('files', () => {
  test(`no file has more than ${maxLines} lines`, () => {
    expect(longFiles(counted, maxLines, dataTables)).toEqual([])
  })

  test('a file that is too long is found unless it is data', () => {
    const files = [
      file('src/long.ts', 'a\n'.repeat(maxLines + 1)),
      file('src/short.ts', 'a\n'.repeat(maxLines)),
    ]
    expect(longFiles(files, maxLines, [])).toEqual([`src/long.ts has ${maxLines + 1} lines`])
    expect(longFiles(files, maxLines, ['src/long.ts'])).toEqual([])
  })

  test('no file or folder is a drawer for odds and ends', () => {
    expect(drawers(counted)).toEqual([])
  })

  test('a drawer is found as a folder, a file or a word of a name', () => {
    const paths = [
      'src/utils/dates.ts',
      'src/room-manager.ts',
      'src/common.css',
      'tests/help.ts',
      'src/miscount.ts',
    ]
    expect(drawers(paths.map((path) => file(path)))).toEqual(paths.slice(0, 3))
  })

  test('nothing is typed any', () => {
    expect(anyTypes(code)).toEqual([])
  })

  test('any is found in every place where a type can stand', () => {
    const text = `let a: any\nconst b = a as any\nconst c = new Set<any>()\ntype D = any[]\nconst any = 'any' // any`
    expect(anyTypes([file('src/bad.ts', text)])).toHaveLength(4)
  })

  test('no comment silences the type checker', () => {
    expect(silencedTypes(code)).toEqual([])
  })

  test('a silencing comment is found, and the same words in a string are not', () => {
    const text = `// @ts-ignore\nlet a = 1 /* @ts-nocheck */\n// @ts-expect-error: refused\nconst b = '@ts-ignore'`
    expect(silencedTypes([file('src/bad.ts', text)])).toHaveLength(2)
  })

  test('no pattern that runs on a phone looks behind itself', () => {
    expect(lookbehinds(code.filter(({ path }) => /^(?:src|public|sync-server)\//.test(path)))).toEqual([])
  })

  test('a pattern that looks behind itself is found, as a text too', () => {
    const texts = [
      'const a = /(?<=b)c/',
      "const a = new RegExp('(?<!b)c')",
      'const a = /(?<name>b)(?=c)(?!d)/',
    ]
    expect(lookbehinds(texts.map((text) => file('src/bad.ts', text)))).toHaveLength(2)
  })
})

describe('styles', () => {
  test('no style names a physical side, as Arabic reads from the other one', () => {
    expect([...physicalSides(styles), ...physicalInlineSides(code)]).toEqual([])
  })

  test('a physical side is found in a stylesheet, and logical ones are not', () => {
    const bad = [
      'margin-left: 1px',
      'left: 0',
      'text-align: right',
      'float:left',
      'border-top-left-radius: 2px',
    ]
    expect(physicalSides([file('a.css', bad.map((line) => `p { ${line} }`).join('\n'))])).toHaveLength(
      bad.length,
    )
    const good =
      'p { margin-inline-start: 1px; inset-inline: 0; text-align: start; --left: 1 }\n/* left: 0 */ .left:hover {}'
    expect(physicalSides([file('a.css', good)])).toEqual([])
  })

  test('a physical side is found in a style attribute', () => {
    const text = `const a = <p style={{ marginLeft: 1, 'padding-right': 2, left: 0, insetInlineStart: 0 }} />; const b = { left: 1 }`
    expect(physicalInlineSides([file('a.tsx', text)])).toHaveLength(3)
  })
})

describe('dependencies', () => {
  test.each(['yjs', 'lib0'])('there is one copy of %s, as two break each other', (name) => {
    expect(lockedCopies(lockText, name)).toEqual([`node_modules/${name}`])
  })

  test('a second copy is found inside another package', () => {
    const packages = {
      'node_modules/yjs': {},
      'node_modules/y-a/node_modules/yjs': {},
      'node_modules/not-yjs': {},
    }
    expect(lockedCopies(JSON.stringify({ packages }), 'yjs')).toHaveLength(2)
  })

  test('the lock holds no address of a registry', () => {
    expect(registryAddresses(lockText)).toEqual([])
  })

  test('an address in a lock is found', () => {
    expect(
      registryAddresses(`{\n"resolved": "https://registry.example/yjs.tgz",\n"version": "1.0.0" }`),
    ).toHaveLength(1)
  })
})
