/** A drawing on a small coloured square: what kind of thing this is, seen from afar. */

import { Icon, type IconName } from './icon.tsx'

export type Tone = 'act' | 'wait' | 'urgent' | 'plain'

export const Badge = ({ icon, tone = 'act' }: { icon: IconName; tone?: Tone }) => (
  <span class={`badge ${tone}`}>
    <Icon name={icon} />
  </span>
)
