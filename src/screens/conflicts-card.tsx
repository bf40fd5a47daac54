/** What two people wrote at the same time: both are shown, and the other one can be taken. */

import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Icon } from '../components/icon.tsx'
import { t } from '../i18n/translate.ts'

export interface ConflictLine {
  field: string
  /** the field's name in words */
  words: string
  kept: string
  other: string
  otherBy: string
  /** undefined where this person may not change it, or it cannot be taken back */
  useOther: (() => void) | undefined
}

export const ConflictsCard = ({ lines }: { lines: readonly ConflictLine[] }) =>
  lines.length === 0 ? null : (
    <Card as="section" tone="wait">
      <h2 class="card-head">
        <Icon name="info" />
        <span>{t('conflict.title')}</span>
      </h2>
      <ul class="stack">
        {lines.map((line) => (
          <li key={line.field} class="conflict">
            <p class="strong">{line.words}</p>
            <p>{t('conflict.kept', { text: line.kept })}</p>
            <p>
              {t('conflict.other', { text: line.other })} · {t('need.from', { name: line.otherBy })}
            </p>
            {line.useOther && (
              <Button kind="ghost" compact onClick={line.useOther}>
                {t('conflict.useOther')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
