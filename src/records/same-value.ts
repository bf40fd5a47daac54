/** Whether two field values say the same: plain data as operations carry it. */

import { equalBytes } from '../../sync-server/protocol/bytes.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** Deep, the order of keys does not matter; null and undefined both mean "nothing". */
export const isSameValue = (a: unknown, b: unknown): boolean => {
  if (Object.is(a ?? null, b ?? null)) return true
  if (a instanceof Uint8Array && b instanceof Uint8Array) return equalBytes(a, b)
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, i) => isSameValue(element, b[i]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSameValue(a[key], b[key]))
  )
}
