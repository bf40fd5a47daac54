/** The mirror of a phone in tests: the same bytes as in OPFS, on a disk that a test can take away. */

import { decodeMirror, encodeMirrorRecord, type Mirror } from '../../src/storage/mirror.ts'
import { type Bytes, concatBytes } from '../../sync-server/protocol/bytes.ts'

/** Files by folder; survives restarts of the phone that it belongs to. */
export class MemoryDisk {
  readonly files = new Map<string, Bytes>()
  /** planted fault: says that it wrote and did not */
  isForgetful = false

  /** The files as they are now. */
  copy(): MemoryDisk {
    const copy = new MemoryDisk()
    copy.isForgetful = this.isForgetful
    for (const [name, bytes] of this.files) copy.files.set(name, bytes)
    return copy
  }

  openMirror(folder: string, lease: number): Mirror {
    const name = `${folder}/${String(lease).padStart(8, '0')}`
    return {
      append: async (records) => {
        if (this.isForgetful) return
        const before = this.files.get(name) ?? new Uint8Array()
        this.files.set(name, concatBytes(before, ...(await Promise.all(records.map(encodeMirrorRecord)))))
      },
      readAll: async () => {
        const names = [...this.files.keys()].filter((file) => file.startsWith(`${folder}/`)).sort()
        const all = await Promise.all(
          names.map((file) => decodeMirror(this.files.get(file) ?? new Uint8Array())),
        )
        return all.flat()
      },
      close: async () => undefined,
    }
  }
}
