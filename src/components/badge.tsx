/** A drawing on a small coloured square: what kind of thing this is, seen from afar. */

import { Icon, type IconName } from './icon.tsx'

export type Tone = 'act' | 'wait' | 'urgent' | 'plain'

interface BadgeProps {
  icon: IconName
  tone?: Tone
  /** what it says to those who hear the page; none where the words beside it say the same */
  label?: string | undefined
}

export const Badge = ({ icon, tone = 'act', label }: BadgeProps) => (
  <span class={`badge ${tone}`} {...(label === undefined ? {} : { role: 'img', 'aria-label': label })}>
    <Icon name={icon} />
  </span>
)
