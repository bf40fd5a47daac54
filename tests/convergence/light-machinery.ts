/**
 * What costs a run of the simulation much and proves nothing in it is made cheap: copies of rows on their way to and from
 * the disk, reasons of aborts that nobody reads, and Dexie's word to other tabs, of which a phone here has none. To be
 * imported before anything that imports Dexie.
 */

const cloneAnything = globalThis.structuredClone

const isPlain = (value: object): value is Record<string, unknown> => {
  const kind = Object.getPrototypeOf(value)
  return kind === Object.prototype || kind === null
}

/** A row has no cycles, and no two of its fields are one object. Keys of WebCrypto never change. */
const cloneRow = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'function' ? cloneAnything(value) : value
  if (Array.isArray(value)) return value.map(cloneRow)
  if (Object.getPrototypeOf(value) === Uint8Array.prototype) return (value as Uint8Array).slice()
  if (value instanceof CryptoKey) return value
  if (!isPlain(value)) return cloneAnything(value)
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value)) copy[name] = cloneRow(value[name])
  return copy
}

globalThis.structuredClone = ((value: unknown, options?: StructuredSerializeOptions) =>
  options ? cloneAnything(value, options) : cloneRow(value)) as typeof structuredClone

const { abort } = AbortController.prototype
/** Without one each abort makes an error, with its stack. */
const ended = 'ended'
AbortController.prototype.abort = function (reason: unknown = ended) {
  abort.call(this, reason)
}

Reflect.deleteProperty(globalThis, 'BroadcastChannel')
