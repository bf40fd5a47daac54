/** In a list, in the place of a hidden thing: that coordinators decided so, and the way to why. */

import { Badge } from '../components/badge.tsx'
import { t } from '../i18n/translate.ts'

export const HiddenRow = ({ href }: { href: string }) => (
  <li class="record">
    <a class="card closed" href={href}>
      <span class="record-top">
        <Badge icon="shield" tone="plain" />
        <span class="record-words">
          <span class="record-line two">{t('state.hidden')}</span>
        </span>
      </span>
    </a>
  </li>
)
