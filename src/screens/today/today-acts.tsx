/** The main button of a line of Today, and where one may also say no, that one beside it. */

import type { ComponentChildren } from 'preact'
import { Button } from '../../components/button.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useNoted } from '../../hooks/use-noted.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { isolated, t } from '../../i18n/translate.ts'
import { noToTurn } from '../claim-view.ts'
import { needTitle } from '../need-words.ts'
import { noToAsk, type TodayItem } from './today-items.ts'

type Run = ReturnType<typeof useCommand>['run']

interface Act {
  words: string
  /** a link, or what is done and then said */
  does: { href: string } | { command: Parameters<Run>[0]; said?: string } | { note: string; said?: string }
  kind?: 'ghost'
}

const details = ({ seen }: TodayItem): Act => ({
  words: t('duty.details'),
  does: { href: `/need/${seen.need.id}` },
  kind: 'ghost',
})

const claimActs = (item: TodayItem & { kind: 'claim' }): Act[] => {
  const { claim, state } = item.mine
  const { id } = claim
  const stay: Act = {
    words: t('act.yes'),
    does: { command: { type: 'claim.still', id }, said: t('claim.keep') },
  }
  switch (state) {
    case 'turn':
      // a no is written nowhere
      return [
        stay,
        { words: t('act.no'), does: { note: noToTurn(claim), said: t('order.saidNo') }, kind: 'ghost' },
      ]
    case 'soon':
      return [
        stay,
        {
          words: t('act.no'),
          does: { command: { type: 'claim.release', id }, said: t('claim.released') },
          kind: 'ghost',
        },
      ]
    case 'local':
      return [{ words: t('act.sendNow'), does: { href: '/outbox' }, kind: 'ghost' }]
    case 'mine':
      return item.awaitsAddress
        ? [details(item)]
        : [{ words: t('act.done'), does: { command: { type: 'claim.done', id }, said: t('claim.over') } }]
    default:
      return [details(item)]
  }
}

const confirmActs = ({ claim: { id: claimId }, seen: { need } }: TodayItem & { kind: 'confirm' }): Act[] => {
  const isForOther = need.forWhom === 'other'
  const say = (received: boolean, said: string) =>
    ({ command: { type: 'confirmation.say', claimId, received }, said }) as const
  return [
    { words: t(isForOther ? 'confirm.arrived' : 'confirm.received'), does: say(true, t('confirm.savedYes')) },
    {
      words: t(isForOther ? 'confirm.notArrived' : 'confirm.notReceived'),
      does: say(false, t('confirm.savedNo')),
      kind: 'ghost',
    },
  ]
}

/** The no is written nowhere. */
const askedActs = ({ ask, seen: { need, status } }: TodayItem & { kind: 'asked' }): Act[] => [
  {
    words: t('act.take'),
    does: {
      command: { type: 'claim.take', needId: need.id, amount: need.quantity - status.covered },
      said: t('state.saved'),
    },
  },
  { words: t('ask.cannot'), does: { note: noToAsk(ask), said: t('ask.saidNo') }, kind: 'ghost' },
]

const actsOf = (item: TodayItem): Act[] => {
  switch (item.kind) {
    case 'asked':
      return askedActs(item)
    case 'claim':
      return claimActs(item)
    case 'cancelled':
      // leaves the claim: the line has been read, and nobody counts on it
      return [{ words: t('today.noted'), does: { command: { type: 'claim.release', id: item.claim.id } } }]
    case 'give':
      return [
        {
          words: t('act.give'),
          does: { command: { type: 'contact.give', claimId: item.claim.id }, said: t('contact.given') },
        },
      ]
    case 'confirm':
      return confirmActs(item)
    case 'arrived':
    case 'missed':
    case 'putBack':
      return [{ words: t('today.noted'), does: { note: item.note } }]
    case 'stalled':
      return [details(item)]
  }
}

const Failed = ({ children }: { children: ComponentChildren }) => (
  <p class="field-error" role="alert">
    {children}
  </p>
)

export const TodayActs = ({ item }: { item: TodayItem }) => {
  const { run, busy, error } = useCommand()
  const { note } = useNoted()
  const act = async ({ does }: Act) => {
    if ('href' in does) return
    if ('note' in does) await note(does.note)
    else if (!(await run(does.command)).ok) return
    if (does.said !== undefined) showToast(does.said)
  }
  const title = isolated(needTitle(item.seen.need))
  return (
    <div class="today-acts">
      {error && <Failed>{errorWords(error)}</Failed>}
      {actsOf(item).map((one) => (
        <Button
          key={one.words}
          compact
          kind={one.kind ?? 'primary'}
          busy={busy}
          label={`${one.words}: ${title}`}
          {...('href' in one.does ? { href: one.does.href } : { onClick: () => void act(one) })}
        >
          {one.words}
        </Button>
      ))}
    </div>
  )
}
