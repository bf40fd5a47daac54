/** Starts a network on this phone: name, kind, area, and the name one is known by. Works with no link at all. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import type { IconName } from '../../components/icon.tsx'
import { IconChoice } from '../../components/icon-choice.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useDraft } from '../../hooks/use-draft.ts'
import { useSettings } from '../../hooks/use-settings.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { NicknameField } from '../nickname-field.tsx'

type Kind = 'quarter' | 'work' | 'university' | 'club' | 'animals' | 'other'

const kinds: readonly [Kind, IconName][] = [
  ['quarter', 'network'],
  ['work', 'work'],
  ['university', 'school'],
  ['club', 'people'],
  ['animals', 'animals'],
  ['other', 'other'],
]

const nameChars = 60
/** What is missing is said beside its field, before the engine is asked. */
const missing = (field: string) => ({ code: 'invalid', field, rule: 'required' })

export default function CreateScreen() {
  const { query, route } = useLocation()
  const solo = query.solo !== undefined
  const { settings } = useSettings()
  const { run, busy, error } = useCommand()
  const [lack, setLack] = useState<string | null>(null)
  const { value, change, clear } = useDraft('create', {
    name: '',
    kind: 'quarter' as Kind,
    area: '',
    nickname: '',
  })
  const failure = lack === null ? error : missing(lack)
  const name = solo ? value.name.trim() || t('create.soloName') : value.name.trim()

  const create = async () => {
    const lacking = name === '' ? 'name' : value.nickname.trim() === '' ? 'nickname' : null
    setLack(lacking)
    if (lacking !== null) {
      document.querySelector<HTMLElement>(`[name=${lacking}]`)?.focus()
      return
    }
    const { kind, area } = value
    const nickname = value.nickname.trim()
    const result = await run({
      type: 'network.create',
      name,
      kind,
      area: area.trim(),
      nickname,
      language: settings.language,
    })
    if (!result.ok) return
    await clear()
    route('/board', true)
  }

  return (
    <Screen
      title={solo ? t('net.solo') : t('net.create')}
      back="/"
      actions={
        <Button busy={busy} onClick={() => void create()} wide>
          {solo ? t('create.actSolo') : t('create.act')}
        </Button>
      }
    >
      <form
        class="stack roomy"
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <p class="soft">{solo ? t('start.soloHint') : t('create.lead')}</p>
        {!solo && (
          <>
            <Field
              name="name"
              label={t('create.name')}
              hint={t('create.nameHint')}
              value={value.name}
              max={nameChars}
              error={fieldError(failure, 'name')}
              onInput={(next) => change({ name: next })}
            />
            <IconChoice
              legend={t('create.kind')}
              options={kinds.map(([kind, icon]) => ({ value: kind, icon, label: t(`kind.${kind}`) }))}
              value={value.kind}
              onChange={(kind) => change({ kind })}
            />
            <Field
              label={t('create.area')}
              hint={t('create.areaHint')}
              value={value.area}
              max={nameChars}
              optional
              error={fieldError(failure, 'area')}
              onInput={(area) => change({ area })}
            />
          </>
        )}
        <NicknameField
          value={value.nickname}
          error={fieldError(failure, 'nickname')}
          onInput={(nickname) => change({ nickname })}
        />
        {failure && failure.code !== 'invalid' && (
          <StatusLine icon="warning" tone="urgent">
            {errorWords(failure)}
          </StatusLine>
        )}
        <button type="submit" class="only-heard" tabIndex={-1} aria-hidden="true" />
      </form>
    </Screen>
  )
}
