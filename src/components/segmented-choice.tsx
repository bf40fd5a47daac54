/** One of two to four, side by side. */

import { Choice, type ChoiceProps } from './choice.tsx'

export const SegmentedChoice = <Value extends string>(props: ChoiceProps<Value>) => (
  <Choice {...props} cells="segments" />
)
