/** Lists with names that were taken out of the network before: everybody here can see it. */

import { Bdi } from '../../components/bdi.tsx'
import { Card } from '../../components/card.tsx'
import { useExportNotes } from '../../hooks/use-export.ts'
import { useNow } from '../../hooks/use-now.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'

export const ExportNotes = () => {
  const notes = useExportNotes()
  const names = useNames()
  const now = useNow()
  if (!notes || notes.length === 0) return null
  return (
    <Card as="section">
      <h2>{t('export.before')}</h2>
      <ul class="plain-list stack">
        {notes.map(({ id, creator, createdAt, reason, count, scope, of }) => (
          <li key={id}>
            <p class="strong">
              <Bdi>{reason}</Bdi>
            </p>
            <p class="soft">
              <Bdi>{names.nameOf(creator)}</Bdi> · {timeAgo(createdAt, now)} ·{' '}
              {t(of === 'needs' ? 'export.needs' : 'export.offersMade', { count })}
              {scope !== '' && (
                <>
                  {' · '}
                  <Bdi>{scope}</Bdi>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  )
}
