/** One line of Today with its one main button. */

import '../../components/styles/records.css'
import { Badge } from '../../components/badge.tsx'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { gapWords, timeAgo } from '../../i18n/time.ts'
import { isolated, t } from '../../i18n/translate.ts'
import type { MyClaim } from '../claim-view.ts'
import type { Names } from '../names.ts'
import { categoryIcon, needTitle, urgencyTone } from '../need-words.ts'
import type { TodayItem } from './today-items.ts'

interface TodayRowProps {
  item: TodayItem
  names: Names
  now: number
}

const carryWords = (total: number, { claim, covers }: MyClaim, now: number): string => {
  const ago = timeAgo(claim.takenAt, now)
  if (covers === total) return t('today.carry', { ago })
  return `${t('claim.yoursPart', { done: covers, total })} · ${ago}`
}

const detailWords = (item: TodayItem, names: Names, now: number): string => {
  if (item.kind === 'done') return t('today.doneWith', { name: names.nameOf(item.by.creator) })
  if (item.kind === 'give') return t('today.give', { name: names.nameOf(item.claim.creator) })
  if (item.kind === 'cancelled') {
    const why = item.seen.need.cancelReason
    return why === '' ? t('today.cancelled') : `${t('today.cancelled')} · ${why}`
  }
  const { mine } = item
  switch (mine.state) {
    case 'turn':
      return t('claim.turn')
    case 'soon':
      return t('claim.soon', { gap: gapWords(mine.leftMs) })
    case 'local':
      return t('claim.local')
    case 'expired':
      return t('claim.expired')
    default:
      return mine.claim.state === 'onWay'
        ? t('claim.moving', { ago: timeAgo(mine.claim.stateAt, now) })
        : carryWords(item.seen.need.quantity, mine, now)
  }
}

const Answer = ({ item }: { item: TodayItem & { kind: 'claim' } }) => {
  const { run, busy, error } = useCommand()
  const { id } = item.mine.claim
  const { state } = item.mine
  const act = async (command: Parameters<typeof run>[0], words: string) => {
    if ((await run(command)).ok) showToast(words)
  }
  const title = needTitle(item.seen.need)
  return (
    <div class="today-acts">
      {error && (
        <p class="field-error" role="alert">
          {errorWords(error)}
        </p>
      )}
      {(state === 'turn' || state === 'soon') && (
        <>
          <Button
            compact
            busy={busy}
            label={`${t('act.yes')}: ${isolated(title)}`}
            onClick={() => void act({ type: 'claim.still', id }, t('claim.keep'))}
          >
            {t('act.yes')}
          </Button>
          {state === 'turn' && (
            <Button
              kind="ghost"
              compact
              busy={busy}
              label={`${t('act.no')}: ${isolated(title)}`}
              onClick={() => void act({ type: 'claim.release', id }, t('claim.released'))}
            >
              {t('act.no')}
            </Button>
          )}
        </>
      )}
      {(state === 'mine' || state === 'local') && (
        <Button
          compact
          busy={busy}
          label={`${t('act.done')}: ${isolated(title)}`}
          onClick={() => void act({ type: 'claim.done', id }, t('claim.over'))}
        >
          {t('act.done')}
        </Button>
      )}
    </div>
  )
}

/** Leaves the claim: the row has been read, and nobody counts on it. */
const Noted = ({ item }: { item: TodayItem & { kind: 'cancelled' } }) => {
  const { run, busy } = useCommand()
  return (
    <div class="today-acts">
      <Button
        compact
        busy={busy}
        label={`${t('today.noted')}: ${isolated(needTitle(item.seen.need))}`}
        onClick={() => void run({ type: 'claim.release', id: item.claim.id })}
      >
        {t('today.noted')}
      </Button>
    </div>
  )
}

/** One tap: the taker gets the address, and the promise is firm. */
const Give = ({ item }: { item: TodayItem & { kind: 'give' } }) => {
  const { run, busy, error } = useCommand()
  const give = async () => {
    if ((await run({ type: 'contact.give', claimId: item.claim.id })).ok) showToast(t('contact.given'))
  }
  return (
    <div class="today-acts">
      {error && (
        <p class="field-error" role="alert">
          {errorWords(error)}
        </p>
      )}
      <Button
        compact
        busy={busy}
        label={`${t('act.give')}: ${isolated(needTitle(item.seen.need))}`}
        onClick={() => void give()}
      >
        {t('act.give')}
      </Button>
    </div>
  )
}

export const TodayRow = ({ item, names, now }: TodayRowProps) => {
  const { need } = item.seen
  const waits = item.kind === 'claim' && item.mine.state !== 'expired'
  const asks = item.kind === 'claim' && item.mine.state === 'turn'
  const carries = item.kind === 'claim' && (item.mine.state === 'mine' || item.mine.state === 'local')
  return (
    <li class={`card today-row${asks ? ' asks' : ''}`}>
      <a class="today-link" href={`/need/${need.id}`}>
        <Badge
          icon={
            item.kind === 'done'
              ? 'delivered'
              : item.kind === 'cancelled'
                ? 'close'
                : categoryIcon(need.category)
          }
          tone={item.kind === 'cancelled' ? 'urgent' : waits ? urgencyTone(need.urgency) : 'plain'}
        />
        <span class="record-words">
          <span class="record-title">
            <Bdi>{needTitle(need)}</Bdi>
          </span>
          <span class="soft">{detailWords(item, names, now)}</span>
          {carries && need.area !== '' && (
            <span class="soft">
              <Bdi>{need.area}</Bdi>
            </span>
          )}
        </span>
      </a>
      {item.kind === 'claim' && item.mine.state !== 'expired' && <Answer item={item} />}
      {item.kind === 'cancelled' && <Noted item={item} />}
      {item.kind === 'give' && <Give item={item} />}
    </li>
  )
}
