/** A text that a person typed, in whatever script: it takes its own direction and leaves its neighbours theirs. */

import type { ComponentChildren } from 'preact'

export const Bdi = ({ children }: { children: ComponentChildren }) => <bdi dir="auto">{children}</bdi>
