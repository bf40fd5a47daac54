/** Keeps a value that a component shows and a hand changes, so that it can be tried in the gallery. */

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

interface KeptProps<Value> {
  first: Value
  children: (value: Value, change: (value: Value) => void) => ComponentChildren
}

export const Kept = <Value,>({ first, children }: KeptProps<Value>) => {
  const [value, setValue] = useState(first)
  return <>{children(value, (next) => setValue(() => next))}</>
}
