/** Where a thing that a person wrote is now, in words: a draft, on this phone, or outside it too. */

import { t } from '../i18n/translate.ts'
import { Icon, type IconName } from './icon.tsx'

export type KeptState = 'draft' | 'saved' | 'local' | 'sending' | 'delivered' | 'refused'

const icons: Record<KeptState, IconName> = {
  draft: 'edit',
  saved: 'saved',
  local: 'waiting',
  sending: 'send',
  delivered: 'delivered',
  refused: 'warning',
}

/** `reason` only with `refused`. */
export const StateMark = ({ state, reason = '' }: { state: KeptState; reason?: string }) => (
  <span class={`mark ${state}`}>
    <Icon name={icons[state]} size="small" />
    <span>{state === 'refused' ? t('state.refused', { reason }) : t(`state.${state}`)}</span>
  </span>
)
