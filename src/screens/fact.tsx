/** One fact with its drawing. */

import '../components/styles/details.css'
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from '../components/icon.tsx'

interface FactProps {
  icon: IconName
  tone?: 'plain' | 'act' | 'wait' | 'urgent'
  children: ComponentChildren
}

export const Fact = ({ icon, tone = 'plain', children }: FactProps) => (
  <li class={`fact ${tone}`}>
    <Icon name={icon} />
    <span>{children}</span>
  </li>
)
