/** What lies below the screen is drawn one frame later than what is on it: a tap or a letter typed is answered sooner. */

import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

export const AfterPaint = ({ children }: { children: ComponentChildren }) => {
  const [drawn, setDrawn] = useState<ComponentChildren>(null)
  // effects run after the paint
  useEffect(() => setDrawn(children), [children])
  return <>{drawn}</>
}
