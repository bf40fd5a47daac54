/** A packet as a file: `.tadamun`, or under a name that the phone's own sheet takes. */

import { giveFile } from '../give-file.ts'

const fileType = 'application/x-tadamun'

const nameNow = (): string => `tadamun-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-')}`

/**
 * Chrome's sheet takes a short list of endings, and ours is not on it (https://web.dev/articles/web-share): then the same
 * bytes go as a text file, which chats and Bluetooth leave as it is. What is opened is known by its first bytes.
 */
const fileFor = (packet: Uint8Array<ArrayBuffer>): File => {
  const own = new File([packet], `${nameNow()}.tadamun`, { type: fileType })
  const asText = new File([packet], `${nameNow()}.tadamun.txt`, { type: 'text/plain' })
  const isTaken = (file: File) => navigator.canShare?.({ files: [file] }) === true
  return !isTaken(own) && isTaken(asText) ? asText : own
}

/** False where the person closed the sheet. */
export const givePacketFile = (packet: Uint8Array<ArrayBuffer>) => giveFile(fileFor(packet))
