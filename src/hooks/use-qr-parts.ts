/** Bytes that go from phone to phone as QR codes: the codes to show, and the ones that were read. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { copyBytes } from '../../sync-server/protocol/bytes.ts'
import { createQrCollector, type QrProgress, splitToQrParts } from '../sync/qr-parts.ts'

/** undefined until computed, null for more than can be shown. */
export const useQrParts = (bytes: Uint8Array): readonly string[] | null | undefined => {
  const [parts, setParts] = useState<readonly string[] | null>()
  useEffect(() => {
    let current = true
    void splitToQrParts(copyBytes(bytes)).then((made) => {
      if (current) setParts(made)
    })
    return () => {
      current = false
    }
  }, [bytes])
  return parts
}

export interface QrReading {
  /** null until the first part was read */
  progress: QrProgress | null
  /** texts of codes, one or many between spaces; false when none of them is a part */
  take: (text: string) => boolean
}

/** `onWhole` hears the bytes once all parts of a set are here and fit together. */
export const useQrReading = (onWhole: (bytes: Uint8Array) => void): QrReading => {
  const collector = useRef(createQrCollector())
  const done = useRef(false)
  const [progress, setProgress] = useState<QrProgress | null>(null)

  const finish = async (): Promise<void> => {
    const whole = await collector.current.finish()
    if (whole === null || done.current) return
    done.current = true
    onWhole(whole)
  }
  const take = (text: string): boolean => {
    const taken = text
      .split(/\s+/)
      .map((part) => collector.current.take(part))
      .filter((each) => each !== null)
    const newest = taken.at(-1)
    if (!newest) return false
    setProgress((before) => (before?.got === newest.got && before.count === newest.count ? before : newest))
    if (newest.got === newest.count) void finish()
    return true
  }
  return { progress, take }
}
