/** Whether the browser promised not to erase what is written here, and how much room that takes. */

import { useEffect, useState } from 'preact/hooks'
import { useDoor } from './door.ts'

export interface StorageState {
  /** null where the browser does not say */
  persisted: boolean | null
  usedBytes: number | null
}

export const useStorage = (): { storage: StorageState; persist: () => Promise<boolean> } => {
  const door = useDoor()
  const [storage, setStorage] = useState<StorageState>({ persisted: null, usedBytes: null })

  const look = async () => {
    const persisted = (await navigator.storage?.persisted?.()) ?? null
    const usedBytes = (await navigator.storage?.estimate?.())?.usage ?? null
    setStorage({ persisted, usedBytes })
  }
  useEffect(() => void look(), [])

  const persist = async () => {
    const agreed = await door.persist()
    await look()
    return agreed
  }
  return { storage, persist }
}
