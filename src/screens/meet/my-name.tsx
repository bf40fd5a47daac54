/** The name by which one comes in; then the card is made. */

import { Button } from '../../components/button.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { LanguageChoice } from '../../components/language-choice.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useSettings } from '../../hooks/use-settings.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { NicknameField } from '../nickname-field.tsx'
import { useJoiningName } from '../use-joining-name.ts'

export const MyName = ({ back }: { back: string }) => {
  const { settings, change: changeSettings } = useSettings()
  const { run, busy, error } = useCommand()
  const name = useJoiningName(error)
  const { failure } = name

  const make = async () => {
    const nickname = name.take()
    if (nickname === null) return
    const result = await run({ type: 'network.meet', nickname, language: settings.language })
    if (result.ok) await name.clear()
  }
  return (
    <Screen
      title={t('join.face')}
      back={back}
      actions={
        <Button icon="scan" busy={busy} onClick={() => void make()} wide>
          {t('meet.makeCard')}
        </Button>
      }
    >
      <LanguageChoice value={settings.language} onChange={(language) => void changeSettings({ language })} />
      <div class="centre">
        <Drawing name="houses" />
      </div>
      <p>{t('meet.lead')}</p>
      <NicknameField value={name.typed} error={fieldError(failure, 'nickname')} onInput={name.type} />
      {failure && failure.code !== 'invalid' && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(failure)}
        </StatusLine>
      )}
    </Screen>
  )
}
