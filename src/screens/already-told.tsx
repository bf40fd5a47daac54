/** While a need is being typed: one like it stands here already. A quiet question, never a barrier. */

import { Bdi } from '../components/bdi.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { type Typed, useAlreadyTold } from '../hooks/use-duplicates.ts'
import { useNow } from '../hooks/use-now.ts'
import { timeAgo } from '../i18n/time.ts'
import { t } from '../i18n/translate.ts'
import { useNames } from './names.ts'
import type { NeedValue } from './need-form-value.ts'
import { needTitle } from './need-words.ts'

/** Two letters are in every second title. */
const minTitleChars = 4

const typedOf = ({ category, area, title, contactName, phone }: NeedValue): Typed | null => {
  const saysWho = title.trim().length >= minTitleChars || phone.length >= 8 || contactName.trim() !== ''
  return category !== null && saysWho ? { category, area, title, name: contactName, phone } : null
}

export const AlreadyTold = ({ value }: { value: NeedValue }) => {
  const told = useAlreadyTold(typedOf(value))
  const names = useNames()
  const now = useNow()
  if (told.length === 0) return null
  return (
    <div role="status">
      {told.map((need) => (
        <StatusLine key={need.id} icon="info" tone="wait" href={`/need/${need.id}`}>
          {t('same.alreadyTold')} <Bdi>{needTitle(need)}</Bdi> ·{' '}
          {need.creator === names.me
            ? t('need.fromMe')
            : t('need.from', { name: names.nameOf(need.creator) })}{' '}
          · {timeAgo(need.createdAt, now)}
        </StatusLine>
      ))}
    </div>
  )
}
