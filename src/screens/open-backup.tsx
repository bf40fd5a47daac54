/** A backup to be opened: its file from the phone, and its passphrase. */

import './open-backup.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useBackupFile } from '../hooks/use-backup-file.ts'
import { t } from '../i18n/translate.ts'
import { PassphraseField } from './passphrase-field.tsx'

interface OpenBackupProps {
  act: string
  busy: boolean
  /** what was the matter with the last try, in words */
  problem: string | null
  onOpen: (file: Uint8Array, passphrase: string) => void
  children?: ComponentChildren
}

export const OpenBackup = ({ act, busy, problem, onOpen, children }: OpenBackupProps) => {
  const { name, read, choose } = useBackupFile()
  const [passphrase, setPassphrase] = useState('')
  const open = async () => {
    const file = await read()
    if (file && passphrase !== '') onOpen(file, passphrase)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void open()
      }}
    >
      <label class="button ghost backup-file">
        <Icon name="storage" />
        <span>{t('backup.choose')}</span>
        <input
          type="file"
          class="only-heard"
          onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
        />
      </label>
      {name !== null && <p class="soft">{t('backup.chosen', { name })}</p>}
      {name !== null && <PassphraseField value={passphrase} onInput={setPassphrase} />}
      <div role="status">
        {busy && <StatusLine icon="hourglass">{t('backup.opening')}</StatusLine>}
        {!busy && problem !== null && (
          <StatusLine icon="warning" tone="urgent">
            {problem}
          </StatusLine>
        )}
        {!busy && problem === null && children}
      </div>
      {name !== null && (
        <Button type="submit" icon="lock" busy={busy}>
          {act}
        </Button>
      )}
    </form>
  )
}
