/** What this person can do about a need now: one main act, seldom a second one beside it. */

import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { showToast } from '../../components/toast.tsx'
import type { CommandRunner } from '../../hooks/use-command.ts'
import { t } from '../../i18n/translate.ts'
import type { MyClaim, MyClaimState } from '../claim-view.ts'
import type { ContactSight } from '../contact-sight.ts'
import { AmountSheet } from './amount-sheet.tsx'
import type { NeedPage } from './need-page.ts'

type Command = Parameters<CommandRunner['run']>[0]

/** Runs, and says in the status region what became of it. */
const useActs =
  ({ run }: CommandRunner) =>
  async (command: Command, words: string) => {
    const result = await run(command)
    if (result.ok) showToast(words)
    return result.ok
  }

const Take = ({ page: { view, runner } }: { page: NeedPage }) => {
  const { need, status } = view
  const [choosing, setChoosing] = useState(false)
  const act = useActs(runner)
  const left = need.quantity - status.covered
  const take = (amount: number) => act({ type: 'claim.take', needId: need.id, amount }, t('state.saved'))
  if (status.state === 'covered') {
    const standBy = () =>
      act({ type: 'claim.take', needId: need.id, amount: need.quantity }, t('claim.reserve'))
    return (
      <Button kind="ghost" icon="hourglass" busy={runner.busy} onClick={() => void standBy()}>
        {t('act.reserve')}
      </Button>
    )
  }
  return (
    <>
      <Button icon="take" busy={runner.busy} onClick={() => void take(left)}>
        {t('act.take')}
      </Button>
      {left > 1 && (
        <Button kind="ghost" busy={runner.busy} onClick={() => setChoosing(true)}>
          {t('act.takePart')}
        </Button>
      )}
      <AmountSheet
        open={choosing}
        most={left}
        unit={need.unit}
        onClose={() => setChoosing(false)}
        onTake={(amount) => {
          setChoosing(false)
          void take(amount)
        }}
      />
    </>
  )
}

/** Who came before has let go. A no is written nowhere. */
const Turn = ({ mine, page: { runner, saidNo, sayNo } }: { mine: MyClaim; page: NeedPage }) => {
  const act = useActs(runner)
  const { id } = mine.claim
  return (
    <>
      <Button
        icon="take"
        busy={runner.busy}
        onClick={() => void act({ type: 'claim.still', id }, t('claim.keep'))}
      >
        {t('order.yes')}
      </Button>
      {!saidNo && (
        <Button kind="ghost" onClick={() => void sayNo().then(() => showToast(t('order.saidNo')))}>
          {t('order.no')}
        </Button>
      )}
    </>
  )
}

const addressComes: readonly ContactSight['kind'][] = ['waiting', 'unsent', 'coming']

const Carry = ({ mine, page: { runner, sight } }: { mine: MyClaim; page: NeedPage }) => {
  const act = useActs(runner)
  const { id, state } = mine.claim
  const done = () => void act({ type: 'claim.done', id }, t('claim.over'))
  if (mine.state === 'soon') {
    return (
      <>
        <Button busy={runner.busy} onClick={() => void act({ type: 'claim.still', id }, t('claim.keep'))}>
          {t('claim.still')}
        </Button>
        <Button kind="ghost" icon="check" busy={runner.busy} onClick={done}>
          {t('act.done')}
        </Button>
      </>
    )
  }
  // nobody goes or is done before he knows where
  const knowsWhere = !addressComes.includes(sight.kind)
  const leavesNext = state === 'taken' && knowsWhere
  return (
    <>
      {leavesNext && (
        <Button
          icon="onWay"
          busy={runner.busy}
          onClick={() => void act({ type: 'claim.onWay', id }, t('act.onWay'))}
        >
          {t('act.onWay')}
        </Button>
      )}
      <Button
        icon="check"
        kind={knowsWhere && !leavesNext ? 'primary' : 'ghost'}
        busy={runner.busy}
        onClick={done}
      >
        {t('act.done')}
      </Button>
    </>
  )
}

const promises: readonly MyClaimState[] = ['local', 'mine', 'soon', 'turn']
const holds = ({ state }: MyClaim): boolean => promises.includes(state)

/** Whether there is anything to do: else the page has no bar of acts. */
export const hasActions = ({ view, mine, isOpen, isAuthor, mayWrite }: NeedPage): boolean => {
  const { need, status } = view
  if (!mayWrite || !isOpen) return false
  if (mine && holds(mine)) return true
  if (mine?.state === 'reserve') return false
  // whoever has done his part is not asked for more while others carry the rest
  if ((mine?.state === 'done' || mine?.state === 'arrived') && status.state === 'covered') return false
  // whoever wrote it for himself does not promise it to himself
  return !isAuthor || need.forWhom === 'other'
}

/** Longer than between two taps of one impatient finger. */
const secondTapMs = 700

/** False for a moment after `acts` have changed: the second tap meant the button that stood there before. */
const useSteady = (acts: string): boolean => {
  const [settled, setSettled] = useState(acts)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(acts), secondTapMs)
    return () => clearTimeout(timer)
  }, [acts])
  return settled === acts
}

export const NeedActions = ({ page: given }: { page: NeedPage }) => {
  const { mine, runner } = given
  const isSteady = useSteady(`${mine?.state} ${mine?.claim.state}`)
  const page: NeedPage = { ...given, runner: { ...runner, busy: runner.busy || !isSteady } }
  if (!mine || !holds(mine)) return <Take page={page} />
  return mine.state === 'turn' ? <Turn mine={mine} page={page} /> : <Carry mine={mine} page={page} />
}
