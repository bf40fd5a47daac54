/** Two needs side by side: which of them stays, whether they are one, or two. */

import '../../components/styles/details.css'
import '../../components/styles/records.css'
import '../../components/styles/forms.css'
import { useState } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMe } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { fold } from '../../i18n/fold.ts'
import { timeAgo } from '../../i18n/time.ts'
import { formatNumber, t } from '../../i18n/translate.ts'
import type { NeedRow } from '../../records/need/need.ts'
import type { Pair } from '../../records/same-as/duplicates.ts'
import { type Names, useNames } from '../names.ts'
import { needTitle, quantityWords } from '../need-words.ts'

const Side = ({ need, names }: { need: NeedRow; names: Names }) => {
  const now = useNow()
  const from =
    need.creator === names.me ? t('need.fromMe') : t('need.from', { name: names.nameOf(need.creator) })
  const facts = [t(`when.${need.urgency}`), quantityWords(need)].filter((words) => words !== '')
  return (
    <a class="pair-side" href={`/need/${need.id}`}>
      <span class="record-title">
        <Bdi>{needTitle(need)}</Bdi>
      </span>
      {need.details !== '' && (
        <span class="record-line two" dir="auto">
          {need.details}
        </span>
      )}
      {need.area !== '' && (
        <span class="soft">
          <Bdi>{need.area}</Bdi>
        </span>
      )}
      <span class="soft">{facts.join(' · ')}</span>
      <span class="soft">
        {from} · {timeAgo(need.createdAt, now)}
      </span>
    </a>
  )
}

const reasonOf = ({ likeness }: Pair): string => {
  if (likeness.samePhone) return t('same.byPhone')
  return t(likeness.sameName ? 'same.byName' : 'same.byWords')
}

export const PairCard = ({ pair, onMerged }: { pair: Pair; onMerged: (sameAsId: string) => void }) => {
  const { first, second } = pair
  const names = useNames()
  const isCoordinator = useMe()?.role === 'coordinator'
  const { run, busy, error } = useCommand()
  // who coordinates nothing joins his own to the other, never the other to his
  const own = first.creator === names.me ? 'second' : 'first'
  const [chosen, choose] = useState<'first' | 'second'>('first')
  const stays = isCoordinator ? chosen : own
  const [kept, other] = stays === 'first' ? [first, second] : [second, first]
  const say = async (type: 'sameAs.merge' | 'sameAs.apart') => {
    const result = await run({ type, keepId: kept.id, otherId: other.id })
    if (result.ok && type === 'sameAs.merge') onMerged(result.value.recordId ?? '')
  }
  return (
    <li>
      <Card as="article">
        <div class="stack">
          <StatusLine icon="info">{reasonOf(pair)}</StatusLine>
          <div class="pair-sides">
            <Side need={first} names={names} />
            <Side need={second} names={names} />
          </div>
          {isCoordinator ? (
            <div class="halves">
              <SegmentedChoice
                legend={t('same.which')}
                value={stays}
                options={[
                  { value: 'first', label: t('same.first') },
                  { value: 'second', label: t('same.second') },
                ]}
                onChange={choose}
              />
            </div>
          ) : (
            <p class="soft">{t('same.yoursJoins')}</p>
          )}
          {isCoordinator && first.quantity !== second.quantity && fold(first.unit) === fold(second.unit) && (
            <p class="soft">
              {t('same.largerStays', { number: formatNumber(Math.max(first.quantity, second.quantity)) })}
            </p>
          )}
          {error && (
            <p class="field-error" role="alert">
              {errorWords(error)}
            </p>
          )}
          <div class="ways">
            <Button icon="merge" busy={busy} onClick={() => void say('sameAs.merge')}>
              {t('same.merge')}
            </Button>
            <Button kind="ghost" busy={busy} onClick={() => void say('sameAs.apart')}>
              {t('same.apart')}
            </Button>
          </div>
        </div>
      </Card>
    </li>
  )
}
