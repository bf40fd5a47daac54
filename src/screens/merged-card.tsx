/** On a need's page: that it and another are one, with both, and the way to take it back. */

import { Bdi } from '../components/bdi.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useCommand } from '../hooks/use-command.ts'
import { useMerged } from '../hooks/use-duplicates.ts'
import { useIsHidden } from '../hooks/use-hidings.ts'
import { useMe } from '../hooks/use-network.ts'
import { useNow } from '../hooks/use-now.ts'
import { errorWords } from '../i18n/error-words.ts'
import { timeAgo } from '../i18n/time.ts'
import { formatNumber, t } from '../i18n/translate.ts'
import { type SameAsRow, sameAsUndoMs } from '../records/need/merges.ts'
import type { NeedRow } from '../records/need/need.ts'
import { HiddenRow } from './hidden-row.tsx'
import { useNames } from './names.ts'
import { needTitle, quantityWords } from './need-words.ts'

const Line = ({ need }: { need: NeedRow }) => {
  const names = useNames()
  const now = useNow()
  const hidden = useIsHidden(need)
  if (hidden === 'unread') return null
  if (hidden === 'hidden') return <HiddenRow href={`/need/${need.id}`} />
  const amount = quantityWords(need)
  const from =
    need.creator === names.me ? t('need.fromMe') : t('need.from', { name: names.nameOf(need.creator) })
  return (
    <li>
      <a href={`/need/${need.id}`}>
        <Bdi>{needTitle(need)}</Bdi>
      </a>{' '}
      <span class="soft">
        {amount !== '' && ` · ${amount}`} · {from} · {timeAgo(need.createdAt, now)}
      </span>
      {need.details !== '' && (
        <p class="told" dir="auto">
          {need.details}
        </p>
      )}
    </li>
  )
}

const Undo = ({ word }: { word: SameAsRow }) => {
  const names = useNames()
  const now = useNow()
  const isCoordinator = useMe()?.role === 'coordinator'
  const { run, busy, error } = useCommand()
  const isOwn = word.creator === names.me && now - word.createdAt <= sameAsUndoMs
  if (!isCoordinator && !isOwn) return null
  return (
    <div>
      {error && <p class="field-error">{errorWords(error)}</p>}
      <Button
        kind="quiet"
        compact
        icon="undo"
        busy={busy}
        onClick={() => void run({ type: 'sameAs.undo', id: word.id })}
      >
        {t('same.undo')}
      </Button>
    </div>
  )
}

export const MergedCard = ({ needId }: { needId: string }) => {
  const merged = useMerged(needId)
  const names = useNames()
  if (!merged) return null
  const { kept, others, words } = merged
  const word = words[0]
  return (
    <Card as="section" tone="wait">
      <div class="stack tight">
        <StatusLine icon="merge" tone="wait">
          <span class="strong">{t(kept ? 'same.isPart' : 'same.holds', { count: others.length })}</span>
        </StatusLine>
        <ul class="plain-list">
          {[...(kept ? [kept] : []), ...others].map((need) => (
            <Line key={need.id} need={need} />
          ))}
        </ul>
        {word && (
          <p class="soft">
            {word.creator === names.me ? t('same.byMe') : t('same.by', { name: names.nameOf(word.creator) })}
          </p>
        )}
        {word?.raisedTo && <p class="soft">{t('same.larger', { number: formatNumber(word.raisedTo) })}</p>}
        {word && <Undo word={word} />}
      </div>
    </Card>
  )
}
