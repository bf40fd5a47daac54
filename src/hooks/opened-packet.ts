/** A packet that reached the app from outside: opened from the phone's files, or shared by another app. */

import { useEffect } from 'preact/hooks'
import { receivedPacketCache, receivedPacketPath } from '../storage/schema.ts'

export type { Brought, PacketView } from '../engine/packets/packet-api.ts'

/** https://developer.mozilla.org/docs/Web/API/LaunchQueue: not in every browser, and not in TypeScript's library. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { files?: readonly { getFile(): Promise<File> }[] }) => void): void
}

const sharedPacket = async (): Promise<Blob | null> => {
  if (!('caches' in globalThis)) return null
  const cache = await caches.open(receivedPacketCache)
  const file = await (await cache.match(receivedPacketPath))?.blob()
  await cache.delete(receivedPacketPath)
  return file ?? null
}

/** `onFile` hears each of them once. */
export const useOpenedPacket = (onFile: (file: Blob) => void): void => {
  useEffect(() => {
    const { launchQueue } = globalThis as { launchQueue?: LaunchQueue }
    launchQueue?.setConsumer(({ files }) => {
      void files?.[0]
        ?.getFile()
        .then(onFile, (reason: unknown) => console.warn('the file does not open', reason))
    })
    sharedPacket().then(
      (file) => file && onFile(file),
      (reason: unknown) => console.warn('what was shared does not open', reason),
    )
  }, [])
}
