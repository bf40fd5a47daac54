/** One of many, as a grid of large drawings with their words: for those who do not read. */

import { Choice, type ChoiceProps } from './choice.tsx'

export const IconChoice = <Value extends string>(props: ChoiceProps<Value>) => (
  <Choice {...props} cells="icons" />
)
