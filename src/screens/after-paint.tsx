/** What lies below the screen is drawn once what is on it is painted: a tap or a letter typed is answered sooner. */

import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Browsers without `postTask`: longer than a frame. */
const pauseMs = 20

/** Calls `work` when nothing else waits, a finger least of all; gives what takes it back. */
const behindAllElse = (work: () => void): (() => void) => {
  if (!('scheduler' in globalThis)) {
    const timer = setTimeout(work, pauseMs)
    return () => clearTimeout(timer)
  }
  const ending = new AbortController()
  const { signal } = ending
  scheduler.postTask(work, { priority: 'background', signal }).catch((reason: unknown) => {
    if (!signal.aborted) throw reason
  })
  return () => ending.abort()
}

/** `value` as it was when the page was last painted and nothing else waited; null before the first time. */
export const useAfterPaint = <Value,>(value: Value): Value | null => {
  const [later, setLater] = useState<Value | null>(null)
  // effects run after the paint
  useEffect(() => behindAllElse(() => setLater(() => value)), [value])
  return later
}

export const AfterPaint = ({ children }: { children: ComponentChildren }) => <>{useAfterPaint(children)}</>
