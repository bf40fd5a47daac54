/** When set-up installs: only if what lies in node_modules is not what the lock names. */
import { expect, test } from 'vitest'
import { isInstalled, lockedPackages } from '../../tools/setup.mjs'

const lock = (packages: Record<string, object>) =>
  lockedPackages(JSON.stringify({ packages: { '': {}, ...packages } }))
const yjs = { version: '13.6.33', integrity: 'sha512-a' }
const otherPlatform = { version: '1.0.0', integrity: 'sha512-b', optional: true }

test('all is installed when only packages for other platforms are missing', () => {
  const locked = lock({ 'node_modules/yjs': yjs, 'node_modules/tsc-win32': otherPlatform })
  expect(isInstalled(locked, lock({ 'node_modules/yjs': yjs }))).toBe(true)
})

test.each([
  ['a missing package', {}],
  ['another version', { 'node_modules/yjs': { ...yjs, version: '13.6.32' } }],
  ['other contents', { 'node_modules/yjs': { ...yjs, integrity: 'sha512-c' } }],
  ['a package that the lock does not name', { 'node_modules/yjs': yjs, 'node_modules/extra': yjs }],
])('%s means that something is to be installed', (_, installed) => {
  expect(isInstalled(lock({ 'node_modules/yjs': yjs }), lock(installed))).toBe(false)
})
