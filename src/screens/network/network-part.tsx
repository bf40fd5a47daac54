/** One part of My network: a list under its own heading. */

import '../../components/styles/details.css'
import type { ComponentChildren } from 'preact'
import { List } from '../../components/list-row.tsx'

export const NetworkPart = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <>
    <h2 class="section-head part-head">{title}</h2>
    <List>{children}</List>
  </>
)
