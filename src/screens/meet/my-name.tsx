/** The name by which one comes in; then the card is made. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Drawing } from '../../components/drawing.tsx'
import { Field } from '../../components/field.tsx'
import { LanguageChoice } from '../../components/language-choice.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { useSettings } from '../../hooks/use-settings.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'

const nicknameChars = 40

export const MyName = ({ back }: { back: string }) => {
  const { settings, change: changeSettings } = useSettings()
  const { run, busy, error } = useCommand()
  const [lacking, setLacking] = useState(false)
  const { value, change, clear } = useDraft('join', { nickname: '' })
  const failure = lacking ? { code: 'invalid', field: 'nickname', rule: 'required' } : error

  const make = async () => {
    const nickname = value.nickname.trim()
    setLacking(nickname === '')
    if (nickname === '') {
      document.querySelector<HTMLElement>('[name=nickname]')?.focus()
      return
    }
    const result = await run({ type: 'network.meet', nickname, language: settings.language })
    if (result.ok) await clear()
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
      <Field
        name="nickname"
        label={t('me.name')}
        hint={t('me.nameHint')}
        value={value.nickname}
        max={nicknameChars}
        autocomplete="nickname"
        error={fieldError(failure, 'nickname')}
        onInput={(nickname) => change({ nickname })}
      />
      {failure && failure.code !== 'invalid' && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(failure)}
        </StatusLine>
      )}
    </Screen>
  )
}
