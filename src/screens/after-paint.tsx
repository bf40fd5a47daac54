/** What lies below the screen is drawn one frame later than what is on it: a tap or a letter typed is answered sooner. */

import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** `value` as it was at the last paint; null before the first. */
export const useAfterPaint = <Value,>(value: Value): Value | null => {
  const [later, setLater] = useState<Value | null>(null)
  // effects run after the paint
  useEffect(() => setLater(() => value), [value])
  return later
}

export const AfterPaint = ({ children }: { children: ComponentChildren }) => <>{useAfterPaint(children)}</>
