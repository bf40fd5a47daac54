/** The link that was made: share it, copy it, let another phone scan it, or read its short code out. Until it ends it stands among the open invites. */

import { Button } from '../../components/button.tsx'
import { QrCode } from '../../components/qr-code.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'

interface ReadyLinkProps {
  link: string
  networkName: string
  /** ms since 1970 */
  expiresAt: number
  /** whoever opens it asks first */
  approval: boolean
  /** to read out or type; null where no relay took it */
  code: string | null
  onAgain: () => void
}

const copy = async (link: string): Promise<void> => {
  await navigator.clipboard.writeText(link)
  showToast(t('act.copied'), 'copy')
}

/** Closing the share sheet without a choice is not a fault. */
const share = async (link: string, text: string): Promise<void> => {
  try {
    await navigator.share({ text, url: link })
  } catch (reason) {
    if ((reason as DOMException).name !== 'AbortError') await copy(link)
  }
}

export const ReadyLink = ({ link, networkName, expiresAt, approval, code, onAgain }: ReadyLinkProps) => {
  const canShare = typeof navigator.share === 'function'
  return (
    <Screen
      title={t('invite.ready')}
      back="/network"
      backLabel={t('nav.network')}
      actions={
        <>
          {canShare && (
            <Button
              icon="share"
              onClick={() => void share(link, t('invite.message', { network: networkName }))}
            >
              {t('act.share')}
            </Button>
          )}
          <Button icon="copy" kind={canShare ? 'ghost' : 'primary'} onClick={() => void copy(link)}>
            {t('invite.copy')}
          </Button>
        </>
      }
    >
      <div class="stack tight">
        <p>{t('invite.message', { network: networkName })}</p>
        <StatusLine icon="calendar">{t('inv.until', { date: formatDate(expiresAt) })}</StatusLine>
        {approval && <StatusLine icon="shield">{t('invite.thenApprove')}</StatusLine>}
      </div>
      <figure class="centre">
        <QrCode text={link} label={t('invite.qr')} />
        <figcaption class="soft">{t('invite.qr')}</figcaption>
      </figure>
      {code !== null && (
        <section class="stack tight" aria-labelledby="short-code">
          <h2 id="short-code">{t('invite.code')}</h2>
          <p class="short-code">
            <bdi dir="ltr" translate={false}>
              {code}
            </bdi>
          </p>
          <p class="soft">{t('invite.codeHow')}</p>
        </section>
      )}
      <p class="link-text" dir="ltr" translate={false}>
        {link}
      </p>
      <Button kind="quiet" icon="link" onClick={onAgain}>
        {t('invite.again')}
      </Button>
    </Screen>
  )
}
