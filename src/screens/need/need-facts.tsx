/** The facts of a need, each with its drawing: how soon, how much, where, for whom. */

import { Bdi } from '../../components/bdi.tsx'
import { Card } from '../../components/card.tsx'
import { t } from '../../i18n/translate.ts'
import { Fact } from '../fact.tsx'
import { laterPart } from '../later-part.tsx'
import { forWhomWords, quantityWords, urgencyIcon, urgencyTone } from '../need-words.ts'
import type { NeedPage } from './need-page.ts'

const NeedExtras = laterPart(() => import('../need-extras.tsx').then((parts) => parts.NeedExtras))

const hasExtras = ({ dueAt, minutes, consent, original }: NeedPage['view']['need']): boolean =>
  dueAt !== null || minutes !== null || consent || original !== ''

export const NeedFacts = ({ page: { view, isAuthor, isOpen } }: { page: NeedPage }) => {
  const { need } = view
  const amount = quantityWords(need)
  return (
    <Card as="section">
      <ul class="facts">
        {/* nothing presses any more once it is closed */}
        <Fact icon={urgencyIcon(need.urgency)} tone={isOpen ? urgencyTone(need.urgency) : 'plain'}>
          {t(`when.${need.urgency}`)}
        </Fact>
        {amount !== '' && <Fact icon="goods">{amount}</Fact>}
        {need.area !== '' && (
          <Fact icon="place">
            <Bdi>{need.area}</Bdi>
          </Fact>
        )}
        <Fact icon="person">{forWhomWords(need.forWhom, isAuthor)}</Fact>
      </ul>
      {need.details !== '' && (
        <p class="told">
          <Bdi>{need.details}</Bdi>
        </p>
      )}
      {hasExtras(need) && <NeedExtras need={need} />}
    </Card>
  )
}
