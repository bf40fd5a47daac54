/** The mirror in the origin private file system, for a worker. Each lease writes a file of its own: handles are exclusive. */

import { type Bytes, concatBytes } from '../../sync-server/protocol/bytes.ts'
import { decodeMirror, encodeMirrorRecord, type Mirror, type MirrorRecord } from './mirror.ts'

const fileName = (lease: number): string => `own-${String(lease).padStart(8, '0')}`

/** `folder` holds the files of one network on this device. */
const openFolder = async (folder: string): Promise<FileSystemDirectoryHandle> => {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(folder, { create: true })
}

/** Every start begins a file: when there are more, they are taken into one. */
const mostFiles = 8

/** The files of earlier leases, the oldest first; a handle reads its own file itself. */
const readOthers = async (
  directory: FileSystemDirectoryHandle,
  ownName: string,
): Promise<{ names: string[]; records: MirrorRecord[] }> => {
  const names: string[] = []
  for await (const name of directory.keys()) if (name !== ownName) names.push(name)
  const records: MirrorRecord[] = []
  for (const name of names.sort()) {
    const file = await (await directory.getFileHandle(name)).getFile()
    records.push(...(await decodeMirror(new Uint8Array(await file.arrayBuffer()))))
  }
  return { names, records }
}

const isOfName = (error: unknown, name: string): boolean =>
  error instanceof DOMException && error.name === name

/** Removes a file, but for one that a tab which was replaced still holds. */
const remove = async (directory: FileSystemDirectoryHandle, name: string): Promise<void> => {
  try {
    await directory.removeEntry(name)
  } catch (error) {
    if (!isOfName(error, 'NoModificationAllowedError')) throw error
  }
}

/** All of the bytes, flushed, or none of them. */
const write = (handle: FileSystemSyncAccessHandle, bytes: Bytes): void => {
  const end = handle.getSize()
  try {
    const written = handle.write(bytes, { at: end })
    if (written < bytes.length) throw new DOMException('the disk took a part', 'QuotaExceededError')
    handle.flush()
  } catch (error) {
    // half a record would hide all that is written after it
    handle.truncate(end)
    throw error
  }
}

/** A phone that slept may find its handle closed by the system; everything else is a failure of the disk. */
const isClosed = (error: unknown): boolean => isOfName(error, 'InvalidStateError')

export const openOpfsMirror = async (folder: string, lease: number): Promise<Mirror> => {
  const directory = await openFolder(folder)
  const file = await directory.getFileHandle(fileName(lease), { create: true })
  let handle = await file.createSyncAccessHandle()
  return {
    async append(records) {
      const bytes = concatBytes(...(await Promise.all(records.map(encodeMirrorRecord))))
      try {
        write(handle, bytes)
      } catch (error) {
        if (!isClosed(error)) throw error
        handle = await file.createSyncAccessHandle()
        write(handle, bytes)
      }
    },
    async readAll() {
      const own = new Uint8Array(handle.getSize())
      handle.read(own, { at: 0 })
      const others = await readOthers(directory, fileName(lease))
      const all = [...others.records, ...(await decodeMirror(own))]
      if (others.names.length < mostFiles) return all
      try {
        write(handle, concatBytes(...(await Promise.all(others.records.map(encodeMirrorRecord)))))
        // a fall before this leaves records twice, which changes nothing
        for (const name of others.names) await remove(directory, name)
      } catch (error) {
        // they stay as they are until there is room
        if (!isOfName(error, 'QuotaExceededError')) throw error
      }
      return all
    },
    async close() {
      handle.close()
    },
  }
}
