/** The invites that are open: who made them, for whom, how often and until when; each can be shared again or cancelled. */

import '../../components/styles/invites.css'
import '../../components/styles/people.css'
import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useOpenInvites } from '../../hooks/use-people.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { formatDate, formatTime } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'

/** A link and what is said with it. */
export interface Shared {
  link: string
  expiresAt: number
  approval: boolean
  code: string | null
}

interface OpenInvitesProps {
  onShare: (link: Shared) => void
}

export const OpenInvites = ({ onShare }: OpenInvitesProps) => {
  const invites = useOpenInvites()
  const names = useNames()
  const { run, busy, error } = useCommand()
  const [cancelling, setCancelling] = useState<string | null>(null)
  if (!invites || invites.length === 0) return null

  const cancel = async () => {
    if (cancelling === null) return
    const result = await run({ type: 'invite.cancel', inviteId: cancelling })
    setCancelling(null)
    if (result.ok) showToast(t('invite.cancelled'))
  }
  return (
    <section class="stack" aria-labelledby="open-invites">
      <h2 class="section-head" id="open-invites">
        {t('invite.open')}
      </h2>
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
      <ul class="list">
        {invites.map(({ inviteId, role, used, uses, expiresAt, approval, by, link, code }) => (
          <li key={inviteId} class="invite-row">
            <span class="strong">
              {t(`role.${role}`)} · {approval ? t('invite.onApproval') : t('invite.atOnce')}
            </span>
            <span class="soft">
              {by === names.me ? t('invite.fromMe') : t('invite.from', { name: names.nameOf(by) })}
            </span>
            <span class="soft">
              {t('invite.used', { done: used, total: uses })} ·{' '}
              {t('inv.until', { date: `${formatDate(expiresAt)} · ${formatTime(expiresAt)}` })}
            </span>
            {code !== undefined && (
              <span class="soft">
                {t('invite.code')}{' '}
                <bdi class="strong invite-code" dir="ltr" translate={false}>
                  {code}
                </bdi>
              </span>
            )}
            <span class="row">
              {link !== undefined && (
                <Button
                  kind="ghost"
                  compact
                  icon="share"
                  onClick={() => onShare({ link, expiresAt, approval, code: code ?? null })}
                >
                  {t('act.share')}
                </Button>
              )}
              <Button
                kind="quiet"
                compact
                icon="close"
                label={`${t('invite.cancel')}: ${t(`role.${role}`)} · ${t('invite.used', { done: used, total: uses })}`}
                onClick={() => setCancelling(inviteId)}
              >
                {t('invite.cancel')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Dialog
        open={cancelling !== null}
        title={t('invite.cancelAsk')}
        onClose={() => setCancelling(null)}
        actions={
          <>
            <Button kind="ghost" onClick={() => setCancelling(null)}>
              {t('act.dismiss')}
            </Button>
            <Button kind="danger" busy={busy} onClick={() => void cancel()}>
              {t('invite.cancel')}
            </Button>
          </>
        }
      >
        <p class="soft">{t('invite.cancelWhat')}</p>
      </Dialog>
    </section>
  )
}
