/** To who wrote a need and to coordinators: who could take it and why, and asking them here or by a message. */

import { useMemo } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Icon } from '../../components/icon.tsx'
import { showToast } from '../../components/toast.tsx'
import { useAsksFor } from '../../hooks/use-asks.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { timeAgo } from '../../i18n/time.ts'
import { isolated, t } from '../../i18n/translate.ts'
import { isLive } from '../../records/claim/claim-order.ts'
import { HelperIndex, type Match, wantedOf } from '../../records/matching/matching.ts'
import { type AskRow, askWeekMs } from '../../records/need/asks.ts'
import { matchWords } from '../match-words.ts'
import { share } from '../share.ts'
import { useHelpers, useMatchTime } from '../use-matching.ts'
import { needQuestion } from './need-message.ts'
import type { NeedPage } from './need-page.ts'

/** So many are proposed; when one of them is asked the next comes up. */
const mostProposed = 3

/** The best whom one can still ask: not the author, who carries it, or who was asked already. */
const useProposals = ({ view, now }: NeedPage, asks: readonly AskRow[] | undefined): readonly Match[] => {
  const time = useMatchTime()
  const helpers = useHelpers(time)
  const index = useMemo(() => helpers && new HelperIndex(helpers, time), [helpers])
  return useMemo(() => {
    if (!index || !asks) return []
    const { need, claims, status } = view
    const except = new Set<string>([need.creator, ...asks.map(({ personId }) => personId)])
    for (const claim of claims) if (claim.state === 'done' || isLive(claim, now)) except.add(claim.creator)
    return index.best(wantedOf(need, status.covered, time), mostProposed, except)
  }, [index, asks, view])
}

const personHref = ({ helper }: Match): string =>
  helper.offer ? `/offer/${helper.offer.id}` : `/member/${helper.person}`

const Proposal = ({ match, page }: { match: Match; page: NeedPage }) => {
  const { view, names, runner } = page
  const { helper, reasons } = match
  const network = useNetwork()?.name ?? ''
  const name = names.nameOf(helper.person)
  const apart = names.apartWords(helper.person)
  const ask = async () => {
    const offer = helper.offer ? { offerId: helper.offer.id } : {}
    const asked = { type: 'ask.add', needId: view.need.id, personId: helper.person, ...offer } as const
    if ((await runner.run(asked)).ok) showToast(t('ask.saved', { name }))
  }
  return (
    <li class="claim-row">
      <Icon name="person" />
      <span class="claim-words">
        <a class="strong" href={personHref(match)}>
          <Bdi>{name}</Bdi>
        </a>
        {apart !== '' && <span class="soft">{apart}</span>}
        <span class="soft">{matchWords(reasons)}</span>
        <span class="row">
          <Button
            compact
            kind="ghost"
            busy={runner.busy}
            label={`${t('ask.act')}: ${isolated(name)}`}
            onClick={() => void ask()}
          >
            {t('ask.act')}
          </Button>
          <Button
            compact
            kind="quiet"
            label={`${t('ask.message')}: ${isolated(name)}`}
            onClick={() => void share(needQuestion(view.need, network))}
          >
            {t('ask.message')}
          </Button>
        </span>
      </span>
    </li>
  )
}

const Asked = ({ ask, page: { names, now, runner } }: { ask: AskRow; page: NeedPage }) => {
  const name = names.nameOf(ask.personId)
  return (
    <li class="claim-row quiet">
      <Icon name="hourglass" />
      <span class="claim-words">
        <span>{t('ask.to', { name, ago: timeAgo(ask.createdAt, now) })}</span>
        {ask.creator === names.me && (
          <span>
            <Button
              compact
              kind="quiet"
              icon="undo"
              busy={runner.busy}
              label={`${t('ask.withdraw')}: ${isolated(name)}`}
              onClick={() => void runner.run({ type: 'ask.withdraw', id: ask.id })}
            >
              {t('ask.withdraw')}
            </Button>
          </span>
        )}
      </span>
    </li>
  )
}

const Proposals = ({ page }: { page: NeedPage }) => {
  const all = useAsksFor(page.view.need)
  const time = useMatchTime()
  // what was asked longer ago stands on nobody's Today any more
  const asks = useMemo(() => all?.filter(({ createdAt }) => time - createdAt < askWeekMs), [all, time])
  const proposals = useProposals(page, asks)
  const waiting = (asks ?? []).filter(
    ({ personId }) =>
      !page.view.claims.some(({ creator, state }) => creator === personId && state !== 'released'),
  )
  if (proposals.length === 0 && waiting.length === 0) return null
  return (
    <Card as="section">
      <h2>{t('match.title')}</h2>
      <p class="soft">{t('match.why')}</p>
      <ul class="claim-rows">
        {waiting.map((ask) => (
          <Asked key={ask.id} ask={ask} page={page} />
        ))}
        {proposals.map((match) => (
          <Proposal key={match.helper.person} match={match} page={page} />
        ))}
      </ul>
    </Card>
  )
}

/** Who is asked could not read a need for the coordinators alone: they hand it to somebody instead. */
export const WhoCan = ({ page }: { page: NeedPage }) =>
  page.view.need.confidential ? null : <Proposals page={page} />
