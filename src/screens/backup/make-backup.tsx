/** Making a backup: the passphrase, how strong it is, and the file once it is there. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useNoteBackup } from '../../hooks/use-backup.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { wordsOf } from '../../i18n/four-words.ts'
import { language, t } from '../../i18n/translate.ts'
import { giveFile } from '../give-file.ts'
import { PassphraseField } from '../passphrase-field.tsx'
import { sizeWords } from '../size-words.ts'
import { strengthOf } from './passphrase-strength.ts'

/** Eight bits each: forty-eight are years of guessing for whoever has the file, thirty-two would be days. */
const proposedWords = 6

interface Made {
  file: File
  entries: number
}

const MadeBackup = ({ made, onDone }: { made: Made; onDone: () => void }) => {
  const note = useNoteBackup()
  const save = async () => {
    if ((await giveFile(made.file)) === 'closed') return
    await note()
    showToast(t('backup.saved'))
    onDone()
  }
  return (
    <>
      <StatusLine icon="check" tone="act">
        {t('backup.ready')} · {sizeWords(made.file.size)}
      </StatusLine>
      <p>{t('backup.entries', { count: made.entries })}</p>
      <p class="soft">{t('backup.where')}</p>
      <Button icon="share" onClick={() => void save()}>
        {t('backup.save')}
      </Button>
    </>
  )
}

const Strength = ({ typed }: { typed: string }) => {
  const strength = strengthOf(typed)
  const isEnough = strength === 'fair' || strength === 'good'
  return (
    <StatusLine icon={isEnough ? 'check' : 'info'} tone={isEnough ? 'act' : 'wait'}>
      {t(`backup.${strength}`)}
    </StatusLine>
  )
}

export const MakeBackup = () => {
  const { run, busy, error } = useCommand()
  const [typed, setTyped] = useState('')
  const [isProposed, setProposed] = useState(false)
  const [made, setMade] = useState<Made | null>(null)

  const propose = async () => {
    const values = [...crypto.getRandomValues(new Uint8Array(proposedWords))]
    const words = await wordsOf(values, language.peek()).catch((reason: unknown) => {
      console.warn('the words did not arrive', reason)
      showToast(t('err.chunk'), 'info')
    })
    if (!words) return
    setTyped(words.join(' '))
    setProposed(true)
  }
  const make = async () => {
    if (busy || strengthOf(typed) === 'tooShort') return
    const result = await run({ type: 'backup.make', passphrase: typed })
    if (!result.ok || !result.value.file) return
    const day = new Date().toISOString().slice(0, 10)
    const file = new File([result.value.file], `tadamun-${day}.tdb`, { type: 'application/octet-stream' })
    setMade({ file, entries: result.value.backup?.entries ?? 0 })
    setTyped('')
  }
  return (
    <Card as="section">
      <h2>{t('backup.make')}</h2>
      {made ? (
        <MadeBackup made={made} onDone={() => setMade(null)} />
      ) : (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void make()
          }}
        >
          <PassphraseField
            value={typed}
            shown={isProposed}
            hint={t('backup.passHint')}
            onInput={(text) => {
              setTyped(text)
              if (text === '') setProposed(false)
            }}
          />
          {typed !== '' && <Strength typed={typed} />}
          <Button kind="ghost" icon="refresh" onClick={() => void propose()}>
            {t('backup.propose')}
          </Button>
          <div role="status">
            {busy && <StatusLine icon="hourglass">{t('backup.making')}</StatusLine>}
            {error && (
              <StatusLine icon="warning" tone="urgent">
                {errorWords(error)}
              </StatusLine>
            )}
          </div>
          <Button type="submit" icon="lock" busy={busy}>
            {t('backup.make')}
          </Button>
        </form>
      )}
    </Card>
  )
}
