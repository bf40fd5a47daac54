/** Who gave a packet, and what is in it that was not here, in counted words. */

import { Bdi } from '../../components/bdi.tsx'
import { Card } from '../../components/card.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import type { Brought, PacketView } from '../../hooks/opened-packet.ts'
import { useNow } from '../../hooks/use-now.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'

const Sender = ({ from }: Pick<PacketView, 'from'>) => {
  const { nameOf } = useNames()
  const name = nameOf(from.memberId)
  switch (from.standing) {
    case 'in':
      return (
        <StatusLine icon="person">
          <span class="strong">
            <Bdi>{t('packet.from', { name })}</Bdi>
          </span>
        </StatusLine>
      )
    case 'me':
      return <StatusLine icon="info">{t('packet.fromMe')}</StatusLine>
    case 'out':
      return (
        <StatusLine icon="warning" tone="wait">
          {t('packet.fromOut', { name })}
        </StatusLine>
      )
    case 'unknown':
      return <StatusLine icon="info">{t('packet.fromUnknown')}</StatusLine>
    case 'unproven':
      return (
        <StatusLine icon="warning" tone="urgent">
          {t('packet.fromUnproven')}
        </StatusLine>
      )
  }
}

/** One line for each kind of thing; what is not a new need or offer are changes and answers. */
const lines = ({ entries, needs, offers, people, unjudged }: Brought): string[] => {
  const others = Math.max(0, entries - needs - offers - people)
  return [
    needs > 0 ? t('packet.needs', { count: needs }) : '',
    offers > 0 ? t('packet.offers', { count: offers }) : '',
    others > 0 ? t('packet.others', { count: others }) : '',
    people > 0 ? t('packet.people', { count: people }) : '',
    unjudged > 0 ? t('packet.unjudged', { count: unjudged }) : '',
  ].filter((line) => line !== '')
}

export const PacketCard = ({ view, isTaken }: { view: PacketView; isTaken: boolean }) => {
  const now = useNow()
  const { brings, lacks, from, atMs, isPartial } = view
  const told = lines(brings)
  return (
    <Card as="section">
      <div class="stack">
        <Sender from={from} />
        <p class="soft">{t('packet.madeAt', { when: timeAgo(Math.min(atMs, now), now) })}</p>
        {told.length > 0 ? (
          <>
            <h2>{isTaken ? t('packet.brought') : t('packet.brings')}</h2>
            <ul class="stack tight">
              {told.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        ) : (
          <p>{t('packet.nothing')}</p>
        )}
        {brings.bad > 0 && (
          <StatusLine icon="shield" tone="urgent">
            {t('packet.bad')}
          </StatusLine>
        )}
        {isPartial && <StatusLine icon="info">{t('packet.partial')}</StatusLine>}
        {lacks > 0 && <StatusLine icon="share">{t('packet.lacks', { count: lacks })}</StatusLine>}
      </div>
    </Card>
  )
}
