/** My own place: my phones, another one of mine, handing coordination over, leaving. */

import '../../components/styles/details.css'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { type CommandRunner, useCommand } from '../../hooks/use-command.ts'
import type { MemberThings } from '../../hooks/use-member.ts'
import { useMembers, useNetwork } from '../../hooks/use-network.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { isOnlyCoordinator } from '../people-rules.ts'

type Member = MemberThings['member']
type Command = Parameters<CommandRunner['run']>[0]

/** A question that is open: `phone` names the one that is lost. */
type Question = { kind: 'leave' } | { kind: 'stepDown' } | { kind: 'retire'; phone: string }

const commandOf = (question: Question, me: Member): Command => {
  switch (question.kind) {
    case 'leave':
      return { type: 'network.leave' }
    case 'stepDown':
      return { type: 'member.role', memberId: me.deviceId, role: 'member' }
    case 'retire':
      return { type: 'device.retire', deviceId: question.phone }
  }
}

const Phones = ({ me, onRetire }: { me: Member; onRetire: (phone: string) => void }) => (
  <List label={t('member.phones')}>
    {me.devices.map(({ id, joinedAt, isThis }) => (
      <ListRow
        key={id}
        icon="install"
        tone="plain"
        title={isThis ? t('member.thisPhone') : t('member.otherPhone')}
        detail={t('member.phoneSince', { date: formatDate(joinedAt) })}
        action={
          !isThis && (
            <Button kind="danger" compact onClick={() => onRetire(id)}>
              {t('member.retire')}
            </Button>
          )
        }
      />
    ))}
    <ListRow href="/admit?own" icon="scan" title={t('meet.ownPhone')} detail={t('meet.ownWhy')} />
  </List>
)

export const MyPlace = ({ me }: { me: Member }) => {
  const network = useNetwork()
  const { route } = useLocation()
  const members = useMembers() ?? []
  const { run, busy, error, clearError } = useCommand()
  const [question, setQuestion] = useState<Question | null>(null)
  const isLast = isOnlyCoordinator(me, members)
  const ask = (next: Question) => {
    clearError()
    setQuestion(next)
  }
  const act = async () => {
    if (!question) return
    const result = await run(commandOf(question, me))
    if (!result.ok) return
    setQuestion(null)
    showToast(t(`member.${question.kind}Done`))
    // there it is said what stays and how one comes back
    if (question.kind === 'leave') route('/today', true)
  }
  return (
    <>
      {isLast && (
        <StatusLine icon="warning" tone="wait">
          {t('member.onlyCoordinator')}
        </StatusLine>
      )}
      <section class="stack tight">
        <h2 class="section-head">{t('member.phones')}</h2>
        <Phones me={me} onRetire={(phone) => ask({ kind: 'retire', phone })} />
      </section>
      <div class="acts">
        {me.role === 'coordinator' && members.length > 1 && (
          <Button kind="quiet" icon="shield" onClick={() => ask({ kind: 'stepDown' })}>
            {t('member.stepDown')}
          </Button>
        )}
        <Button kind="danger" icon="release" onClick={() => ask({ kind: 'leave' })}>
          {t('rem.leave', { network: network?.name ?? '' })}
        </Button>
      </div>
      <Dialog
        open={question !== null}
        title={question ? t(`member.${question.kind}Ask`) : ''}
        onClose={() => setQuestion(null)}
        actions={
          <>
            <Button kind="ghost" onClick={() => setQuestion(null)}>
              {t('act.dismiss')}
            </Button>
            <Button kind="danger" busy={busy} onClick={() => void act()}>
              {question ? t(`member.${question.kind}Act`) : ''}
            </Button>
          </>
        }
      >
        <p class="soft">{question && t(`member.${question.kind}What`)}</p>
        {isLast && question?.kind !== 'retire' && (
          <StatusLine icon="warning" tone="wait">
            {t('member.handOver')}
          </StatusLine>
        )}
        {error && (
          <StatusLine icon="warning" tone="urgent">
            {errorWords(error)}
          </StatusLine>
        )}
      </Dialog>
    </>
  )
}
