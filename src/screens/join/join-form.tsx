/** What an invite opens, and the name by which one comes in. */

import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { InAppHint } from '../../components/in-app-hint.tsx'
import { LanguageChoice } from '../../components/language-choice.tsx'
import { PrivateHint } from '../../components/private-hint.tsx'
import { RestOfApp } from '../../components/rest-of-app.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useSettings } from '../../hooks/use-settings.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { NicknameField } from '../nickname-field.tsx'
import { useJoiningName } from '../use-joining-name.ts'

interface JoinFormProps {
  code: string
  networkName: string
  expiresAt: number
  /** one asks, and a coordinator answers */
  approval: boolean
  /** under which one was there before, or '' */
  nickname: string
  back: string
  /** the invite is used, or put aside */
  onDone: () => void
}

export const JoinForm = ({
  code,
  networkName,
  expiresAt,
  approval,
  nickname: before,
  back,
  onDone,
}: JoinFormProps) => {
  const { route } = useLocation()
  const { settings, change: changeSettings } = useSettings()
  const { run, busy, error } = useCommand()
  const name = useJoiningName(error, before)
  const { failure } = name

  const join = async () => {
    const nickname = name.take()
    if (nickname === null) return
    const result = await run({ type: 'network.join', link: code, nickname, language: settings.language })
    if (!result.ok) return
    await name.clear()
    if (!approval) showToast(t('join.welcome', { network: networkName }))
    route(approval ? '/joining' : '/board', true)
    onDone()
  }

  return (
    <Screen
      title={t('inv.to', { network: networkName })}
      back={back}
      under={<StatusLine icon="calendar">{t('inv.until', { date: formatDate(expiresAt) })}</StatusLine>}
      actions={
        <>
          <Button busy={busy} onClick={() => void join()}>
            {approval ? t('join.ask') : t('join.act')}
          </Button>
          <Button kind="quiet" onClick={onDone}>
            {t('join.other')}
          </Button>
        </>
      }
    >
      <LanguageChoice value={settings.language} onChange={(language) => void changeSettings({ language })} />
      <InAppHint link={code.includes('#j=') ? code : `${location.origin}/#j=${code}`} />
      <PrivateHint />
      <div class="centre">
        <Drawing name="houses" />
      </div>
      <p>{approval ? t('join.afterAsking') : t('join.after')}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void join()
        }}
      >
        <NicknameField value={name.typed} error={fieldError(failure, 'nickname')} onInput={name.type} />
      </form>
      {failure && failure.code !== 'invalid' && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(failure)}
        </StatusLine>
      )}
      <RestOfApp />
    </Screen>
  )
}
