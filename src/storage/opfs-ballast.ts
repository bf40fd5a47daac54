/** The ballast as a file in the origin private file system, for a worker. */

import type { Ballast } from './ballast.ts'

const fileName = 'ballast'
/** Some thousand saves. */
const ballastBytes = 2 * 1024 * 1024
/** Who has less than so many times as much keeps what he has. */
const plenty = 4
const pieceBytes = 64 * 1024

const isOfName = (error: unknown, name: string): boolean =>
  error instanceof DOMException && error.name === name

const freeFile = async (root: FileSystemDirectoryHandle): Promise<boolean> => {
  try {
    await root.removeEntry(fileName)
    return true
  } catch (error) {
    if (isOfName(error, 'NotFoundError')) return false
    throw error
  }
}

/** Random bytes: a disk that packs what it keeps would make nothing of zeros. */
const fillFile = async (file: FileSystemFileHandle): Promise<void> => {
  const handle = await file.createSyncAccessHandle()
  try {
    const piece = new Uint8Array(pieceBytes)
    for (let at = 0; at < ballastBytes; at += pieceBytes) {
      const written = handle.write(crypto.getRandomValues(piece), { at })
      if (written < pieceBytes) throw new DOMException('the disk took a part', 'QuotaExceededError')
    }
    handle.flush()
  } finally {
    handle.close()
  }
}

/** Nothing is set aside where the browser has no such files. */
export const opfsBallast = (): Ballast => {
  const openRoot = async () => (await navigator.storage?.getDirectory?.()) ?? null
  return {
    async free() {
      const root = await openRoot()
      return root ? freeFile(root) : false
    },
    async keep() {
      const root = await openRoot()
      if (!root) return 'none'
      const { quota = 0, usage = 0 } = await navigator.storage.estimate()
      const file = await root.getFileHandle(fileName, { create: true })
      if ((await file.getFile()).size === ballastBytes) return 'there'
      if (quota - usage < plenty * ballastBytes) {
        await freeFile(root)
        return 'tight'
      }
      try {
        await fillFile(file)
        return 'there'
      } catch (error) {
        // the disk is fuller than the browser said, or this window may not write: what there is of it is given back
        await freeFile(root)
        return isOfName(error, 'QuotaExceededError') ? 'tight' : 'none'
      }
    },
  }
}
