/** The file that a person chose as his backup; read only when it is opened: it may be large. */

import { useState } from 'preact/hooks'

export interface BackupFile {
  /** null: none was chosen */
  name: string | null
  choose: (file: File | undefined) => void
  /** null where none was chosen, or the phone does not give it any more */
  read: () => Promise<Uint8Array | null>
}

/** Nothing that is larger than any backup is read into memory. */
const maxBytes = 160 * 1024 * 1024

export const useBackupFile = (): BackupFile => {
  const [file, setFile] = useState<File | null>(null)
  return {
    name: file?.name ?? null,
    choose: (chosen) => setFile(chosen ?? null),
    read: async () => {
      if (!file) return null
      try {
        // what is no backup is told by the engine: bytes of nothing are none
        return file.size > maxBytes ? new Uint8Array() : new Uint8Array(await file.arrayBuffer())
      } catch (reason) {
        console.warn('the file cannot be read any more', reason)
        setFile(null)
        return null
      }
    },
  }
}
