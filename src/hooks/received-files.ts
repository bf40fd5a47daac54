/** Files that another app shared, as the service worker kept them until a form takes them. */

import { useEffect, useState } from 'preact/hooks'
import { sharedFilePath, sharedFilesCache } from '../storage/schema.ts'
import { useDoor } from './door.ts'

export interface ReceivedFile {
  kind: 'photo' | 'voice'
  file: Blob
  /** once it is in a form, or cannot be */
  drop: () => Promise<unknown>
}

/** Those that wait, the first shared first. */
export const receivedFiles = async (): Promise<ReceivedFile[]> => {
  if (!('caches' in globalThis)) return []
  const cache = await caches.open(sharedFilesCache)
  const found: ReceivedFile[] = []
  for (const request of await cache.keys()) {
    if (!new URL(request.url).pathname.startsWith(sharedFilePath)) continue
    const file = await (await cache.match(request))?.blob()
    if (!file) continue
    const kind = file.type.startsWith('image/') ? 'photo' : 'voice'
    found.push({ kind, file, drop: () => cache.delete(request) })
  }
  return found
}

/** Whether something that was shared is in no record yet: files that wait, or the draft under `key`. */
export const useReceivedWaits = (key: string): boolean => {
  const { app } = useDoor()
  const [waits, setWaits] = useState(false)
  useEffect(() => {
    let isCurrent = true
    Promise.all([app.drafts.get(key), receivedFiles()]).then(
      ([draft, files]) => isCurrent && setWaits(draft !== undefined || files.length > 0),
      (reason: unknown) => console.warn('shared files do not open', reason),
    )
    return () => {
      isCurrent = false
    }
  }, [app, key])
  return waits
}
