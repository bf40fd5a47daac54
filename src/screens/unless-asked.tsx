/** What an empty list says to who is in; who still asks reads there why he sees nothing. */

import type { ComponentChildren } from 'preact'
import { useAdmission } from '../hooks/use-admission.ts'
import { useNetwork } from '../hooks/use-network.ts'
import { laterPart } from './later-part.tsx'

const NotYetIn = laterPart(() => import('./not-yet-in.tsx').then((parts) => parts.NotYetIn))

export const UnlessAsked = ({ children }: { children: ComponentChildren }) => {
  const admission = useAdmission()
  const network = useNetwork()
  if (admission === 'in') return <>{children}</>
  return admission === 'asked' ? <NotYetIn network={network?.name ?? ''} /> : null
}
