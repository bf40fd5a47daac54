/** What a browser's answer says about the window that asks. */

import { expect, test } from 'vitest'
import { isPrivateWindow } from '../../src/components/private-window.ts'

test('a browser that refuses a file system shows a private window', async () => {
  const refuse = () => Promise.reject(new DOMException('not here', 'SecurityError'))
  expect(await isPrivateWindow({ getDirectory: refuse })).toBe(true)
})

test('one that gives it, or is too old to know it, says nothing', async () => {
  const give = () => Promise.resolve({} as FileSystemDirectoryHandle)
  expect(await isPrivateWindow({ getDirectory: give })).toBe(false)
  expect(await isPrivateWindow({})).toBe(false)
  expect(await isPrivateWindow(undefined)).toBe(false)
})
